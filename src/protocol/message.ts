import * as z from 'zod/mini';
import { blockSchema } from './block';
import { chatEventSchema, entitySchema } from './chat-event';
import { errorRecordSchema } from './error-record';
import { userSchema } from './user';

/** The longest text one message may have, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 100_000;

/** Which part of a text matched: from `start` up to and without `end`, in UTF-16 code units. */
export const spanSchema = z.object({ start: z.int(), end: z.int() });

/** Which part of a text matched, in UTF-16 code units; `end` is not part of it. */
export type Span = z.infer<typeof spanSchema>;

/** How the handling of a message ended. */
export const outcomeSchema = z.enum([
  /** No skill matched. */
  'unmatched',
  /** The winner ran to its end. */
  'answered',
  /** The winner waits for a confirmation. */
  'asked',
  /** It was the answer to a question of the bot. */
  'answer',
  /** The one who asked may not. */
  'refused',
  /** The winner threw. */
  'failed',
  /** The winner was stopped at its deadline. */
  'stopped',
  /** The bot ended while the winner ran; it is not run again. */
  'interrupted'
]);

/** How the handling of a message ended. */
export type Outcome = z.infer<typeof outcomeSchema>;

/** What became of a message, in short; the trace says it at length. */
export const handledSchema = z.object({
  outcome: outcomeSchema,
  /** The skill that won, if one matched. */
  skill: z.optional(z.string()),
  /** The matcher of that skill, by its id. */
  matcher: z.optional(z.string()),
  /** The winner's score, 0 to 1. */
  score: z.optional(z.number()),
  /** The part of the text that matched. */
  span: z.optional(spanSchema),
  /** Why the winner was not run: it is on hold. */
  reason: z.optional(z.object({ code: z.string(), message: z.string() })),
  /** What would have been understood, when nothing was. */
  suggestion: z.optional(z.string()),
  /** From taking the message out of its room's queue to the end of the run, in milliseconds. */
  duration: z.number()
});

/** What became of a message, in short. */
export type Handled = z.infer<typeof handledSchema>;

/** One message of a conversation, said by a person or by the bot. */
export const chatMessageSchema = z.object({
  /** Its place in the bot's journal. Grows by at least one with each message of the bot. */
  seq: z.int(),
  /** The id its sender gave it; the bot's own messages get one too. */
  id: z.string(),
  room: z.string(),
  /** The connector it came in by or went out by. */
  connector: z.string(),
  user: userSchema,
  text: z.string(),
  /** When the bot took or sent it, in milliseconds since 1970. */
  time: z.number(),
  /** What it is, when it is more or other than something said. */
  event: z.optional(chatEventSchema),
  /** What is known about it from elsewhere, by name. */
  entities: z.optional(z.record(z.string(), entitySchema)),
  /** Whether it was said to the bot, where its connector knows. */
  addressed: z.optional(z.boolean()),
  /** What it shows besides its text. */
  blocks: z.optional(z.array(blockSchema)),
  /** The `seq` of the message that this one answers. */
  answers: z.optional(z.int()),
  /** The `seq` of the message whose thread this one belongs to. */
  thread: z.optional(z.int()),
  /** When its text was last changed, in milliseconds since 1970. */
  edited: z.optional(z.number()),
  /** When anything about it last changed, in milliseconds since 1970. */
  changed: z.optional(z.number()),
  /** Its text was taken back. */
  deleted: z.optional(z.boolean()),
  pinned: z.optional(z.boolean()),
  /** Who reacted to it, by emoji. */
  reactions: z.optional(z.record(z.string(), z.array(userSchema))),
  /** More of it is still coming. */
  streaming: z.optional(z.boolean()),
  /** The skill that said it. */
  skill: z.optional(z.string()),
  /** Set on what the bot says about itself: a reload, a broken skill. */
  notice: z.optional(z.enum(['info', 'error'])),
  /** The error this message tells of. */
  error: z.optional(errorRecordSchema),
  /** What became of it, once that is known. Only on messages of people. */
  handled: z.optional(handledSchema)
});

/** One message of a conversation. */
export type ChatMessage = z.infer<typeof chatMessageSchema>;

/** What may change about a message after it was said. */
export const messagePatchSchema = z.pick(z.partial(chatMessageSchema), {
  text: true,
  blocks: true,
  edited: true,
  changed: true,
  deleted: true,
  pinned: true,
  reactions: true,
  streaming: true
});

/** What changes about a message after it was said. */
export type MessagePatch = z.infer<typeof messagePatchSchema>;
