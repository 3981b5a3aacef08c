import * as z from 'zod/mini';
import { entitySchema } from './chat-event';
import { errorRecordSchema } from './error-record';
import { matcherRecordSchema } from './matcher-record';
import { outcomeSchema, spanSchema } from './message';
import { userSchema } from './user';

/** What a capture group caught: its text and where it stood. */
export const captureSchema = z.object({
  /** The group's name, or its number as text. */
  name: z.string(),
  /** The text it caught, or null when the group took no part in the match. */
  value: z.nullable(z.string()),
  /** What the text stands for, where a format says more than text: a number, or a date in ISO 8601. */
  typed: z.optional(
    z.object({
      type: z.enum(['number', 'date', 'time', 'datetime']),
      /** For a number, text where JSON has no word for it: `Infinity`, `-Infinity`, `NaN`. */
      value: z.union([z.number(), z.string()])
    })
  ),
  span: z.optional(spanSchema)
});

/** What a capture group caught. */
export type Capture = z.infer<typeof captureSchema>;

/** A score and what it is made of, so that it can be recomputed by hand. */
export const scorePartsSchema = z.object({
  /** `base × factor`; what candidates are ranked by. */
  score: z.number(),
  /**
   * What the base measures: a pattern's `length`, by opsdroid's `1 − 1 / (length + 1)²`; the
   * `similarity` to an example; or the `confidence` of a language service.
   */
  basis: z.enum(['length', 'similarity', 'confidence']),
  base: z.number(),
  /** The length of the pattern's source text. */
  length: z.optional(z.int()),
  /** The example that the text is most like. */
  example: z.optional(z.string()),
  factor: z.number(),
  /** Matched characters divided by all characters of the text; decides between equal scores. */
  coverage: z.number(),
  /** The order in which matchers were registered; decides between equal scores and coverages. */
  order: z.int()
});

/** A score and what it is made of. */
export type ScoreParts = z.infer<typeof scorePartsSchema>;

/** A matcher that matched, with all that was weighed. */
export const candidateSchema = z.object({
  skill: z.string(),
  version: z.int(),
  matcher: matcherRecordSchema,
  /** Where the text matched: the first place, or every place for `findall`. */
  spans: z.array(spanSchema),
  captures: z.array(captureSchema),
  /** What a language service found in the text. */
  entities: z.optional(z.record(z.string(), entitySchema)),
  score: scorePartsSchema,
  /** Why it could not win although it matched. */
  excluded: z.optional(z.string()),
  /** Set when a language model proposed it: the sentence it read the text as, which the spans belong to. */
  reading: z.optional(z.string())
});

/** A matcher that matched, with all that was weighed. */
export type Candidate = z.infer<typeof candidateSchema>;

/** A line a skill logged. */
export const logLineSchema = z.object({
  /** Milliseconds since 1970. */
  time: z.number(),
  level: z.enum(['debug', 'info', 'warning', 'error']),
  text: z.string()
});

/** A line a skill logged. */
export type LogLine = z.infer<typeof logLineSchema>;

/** A request a skill sent out. */
export const httpCallSchema = z.object({
  method: z.string(),
  /** The URL without its query and credentials. */
  url: z.string(),
  /** The status code, once there was an answer. */
  status: z.optional(z.int()),
  /** Why there was none. */
  error: z.optional(z.string()),
  /** Milliseconds until the answer's head arrived, or until it failed. */
  duration: z.number()
});

/** A request a skill sent out. */
export type HttpCall = z.infer<typeof httpCallSchema>;

/** The winner's run. */
export const runSchema = z.object({
  skill: z.string(),
  version: z.int(),
  matcher: z.string(),
  /** Milliseconds. */
  duration: z.number(),
  /** The `seq` of each message it sent. */
  replies: z.array(z.int()),
  logs: z.array(logLineSchema),
  http: z.array(httpCallSchema),
  error: z.optional(errorRecordSchema)
});

/** The winner's run. */
export type Run = z.infer<typeof runSchema>;

/** A run beside the winner's: of a matcher that is called for every event, or for what is left over. */
export const companionSchema = z.object({
  kind: z.enum(['always', 'event', 'catchall']),
  run: runSchema
});

/** A run beside the winner's. */
export type Companion = z.infer<typeof companionSchema>;

/** A command that was nearly said. */
export const nearMissSchema = z.object({
  skill: z.string(),
  matcher: z.string(),
  /** The sentence that would have been understood. */
  example: z.string(),
  /** From 0 to 1. */
  similarity: z.number()
});

/** A command that was nearly said. */
export type NearMiss = z.infer<typeof nearMissSchema>;

/** Everything that was weighed and done for one message. */
export const traceSchema = z.object({
  /** The message, or 0 for a text that was only tried. */
  seq: z.int(),
  room: z.string(),
  connector: z.string(),
  user: userSchema,
  text: z.string(),
  /** When it was taken out of its room's queue, in milliseconds since 1970. */
  time: z.number(),
  /** How many matchers were held against the text. */
  considered: z.int(),
  /** Those of them that had to be asked in a thread of their own, where they can be stopped, and why. */
  guarded: z.optional(
    z.array(z.object({ skill: z.string(), matcher: z.string(), reason: z.string() }))
  ),
  /** The parsers of natural language that would have been asked, and are not told of this, and why. */
  unasked: z.optional(z.array(z.object({ parser: z.string(), reason: z.string() }))),
  /** Those that matched, best first. */
  candidates: z.array(candidateSchema),
  /** The candidate that ran, as an index into `candidates`. */
  winner: z.optional(z.int()),
  outcome: outcomeSchema,
  /** Why the winner was refused. */
  refusal: z.optional(z.string()),
  /** Matchers and parsers that gave up, and why. */
  troubles: z.array(errorRecordSchema),
  /** Matching and ranking, in milliseconds. */
  matching: z.number(),
  /** The whole handling, in milliseconds. */
  duration: z.number(),
  run: z.optional(runSchema),
  /** What ran beside it. */
  companions: z.optional(z.array(companionSchema)),
  /** What may have been meant, most likely first, when nothing matched. */
  nearMisses: z.optional(z.array(nearMissSchema))
});

/** Everything that was weighed and done for one message. */
export type Trace = z.infer<typeof traceSchema>;
