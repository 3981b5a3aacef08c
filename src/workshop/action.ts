import * as z from 'zod/mini';
import { patternSchema } from './condition';

/**
 * Something that a learner could do by hand, as data: what solves a step, what a step plays, and the
 * attempts that its proof makes.
 */
export const actionSchema = z.union([
  /**
   * Puts the files of the step's folder `solution` into the workspace. The one called
   * `configuration.yaml` is merged into what is there.
   */
  z.strictObject({ apply: z.literal('solution') }),
  /** Writes a file as an editor does. */
  z.strictObject({ write: z.string(), text: z.string() }),
  /** Replaces a text in a file, wherever it stands. */
  z.strictObject({ edit: z.string(), find: z.string(), put: z.string() }),
  /** Makes a source a skill, as running its cell does. */
  z.strictObject({ cell: z.string(), source: z.string() }),
  z.strictObject({ remove: z.string() }),
  /** Says something: as the learner, or as someone else by name. */
  z.strictObject({
    say: z.string(),
    as: z.optional(z.string()),
    room: z.optional(z.string())
  }),
  /** Asks why, as `why(…)` does. */
  z.strictObject({ look: z.string() }),
  /** Does what one of the step's buttons plays. */
  z.strictObject({ play: z.string() }),
  /** Sets a variable in the workspace's `.env` file. */
  z.strictObject({ variable: z.string(), value: z.string() }),
  /** Answers the step's question. */
  z.strictObject({ answer: z.string(), to: z.string() }),
  /** Lets a time pass for the schedules of a skill: from one moment to another, on their wall's clock. */
  z.strictObject({ clock: z.string(), from: z.string(), until: z.string() }),
  /** Posts to a webhook of a skill, as another system does. */
  z.strictObject({
    post: z.string(),
    body: z.unknown(),
    /** False to leave the token out. */
    token: z.optional(z.boolean())
  }),
  /** Someone says something in a stand-in for a chat service, such as `slack`. */
  z.strictObject({ tell: z.literal('slack'), text: z.string() }),
  /** Answers a pattern from a notebook, as `bot.hear` in a cell does. */
  z.strictObject({ hear: patternSchema, reply: z.string() }),
  /** Starts the stand-in for a service. */
  z.strictObject({ fixture: z.string() }),
  /** Writes the transcript and the certificate. */
  z.strictObject({ export: z.literal(true) })
]);

/** Something that a learner could do by hand. */
export type Action = z.infer<typeof actionSchema>;
