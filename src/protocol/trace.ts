import * as z from 'zod/mini';
import { errorRecordSchema } from './error-record';
import { outcomeSchema, spanSchema, userSchema } from './message';
import { matcherRecordSchema } from './skill-record';

/** What a capture group caught: its text and where it stood. */
export const captureSchema = z.object({
  /** The group's name, or its number as text. */
  name: z.string(),
  /** The text it caught, or null when the group took no part in the match. */
  value: z.nullable(z.string()),
  span: z.optional(spanSchema)
});

/** What a capture group caught. */
export type Capture = z.infer<typeof captureSchema>;

/** A score and what it is made of, so that it can be recomputed by hand. */
export const scorePartsSchema = z.object({
  /** `base × factor`; what candidates are ranked by. */
  score: z.number(),
  /** opsdroid's measure of a pattern: `1 − 1 / (length + 1)²`. */
  base: z.number(),
  /** The length of the pattern's source text. */
  length: z.int(),
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
  score: scorePartsSchema,
  /** Why it could not win although it matched. */
  excluded: z.optional(z.string())
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
  /** Those that matched, best first. */
  candidates: z.array(candidateSchema),
  /** The candidate that ran, as an index into `candidates`. */
  winner: z.optional(z.int()),
  outcome: outcomeSchema,
  /** Matchers that gave up, and why. */
  troubles: z.array(errorRecordSchema),
  /** Matching and ranking, in milliseconds. */
  matching: z.number(),
  /** The whole handling, in milliseconds. */
  duration: z.number(),
  run: z.optional(runSchema)
});

/** Everything that was weighed and done for one message. */
export type Trace = z.infer<typeof traceSchema>;
