import * as z from 'zod/mini';

/** Someone in a room. */
export const userSchema = z.object({
  /** Stable for as long as the person is the same, whatever they call themselves. */
  id: z.string(),
  /** What they are called in the conversation. */
  name: z.string(),
  /** True for the bot itself. */
  bot: z.optional(z.boolean())
});

/** Someone in a room: a person or the bot. */
export type User = z.infer<typeof userSchema>;
