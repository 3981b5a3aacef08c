import * as z from 'zod/mini';
import { errorRecordSchema, whereSchema } from './error-record';

/** What a score is multiplied with when the author says nothing; opsdroid's default. */
export const DEFAULT_SCORE_FACTOR = 0.6;

/** How a pattern is held against a text; opsdroid's `matching_condition`. */
export const matchingConditionSchema = z.enum([
  /** Anywhere in the text. The default. */
  'search',
  /** From the start of the text. */
  'match',
  /** The whole text. */
  'fullmatch',
  /** Every place in the text. */
  'findall'
]);

/** How a pattern is held against a text. */
export type MatchingCondition = z.infer<typeof matchingConditionSchema>;

/** One matcher of a skill, as data: what it takes to match and to explain it, without its handler. */
export const matcherRecordSchema = z.object({
  /** Unique within the skill: the export's name, with `#2` and so on for further matchers on it. */
  id: z.string(),
  kind: z.literal('regex'),
  /** The source text of the regular expression. */
  pattern: z.string(),
  /** Its flags, such as `i`. */
  flags: z.string(),
  condition: matchingConditionSchema,
  /** What the base score is multiplied with; 0.6 unless the author says otherwise. */
  scoreFactor: z.number(),
  /** What it is for, in the author's words. */
  description: z.optional(z.string()),
  /** Sentences that it should match. */
  examples: z.optional(z.array(z.string())),
  /** Where the author wrote it. */
  where: z.optional(whereSchema)
});

/** One matcher of a skill, as data. */
export type MatcherRecord = z.infer<typeof matcherRecordSchema>;

/** Where a skill comes from. */
export const skillSourceSchema = z.object({
  kind: z.enum(['path', 'builtin']),
  /** The file or folder, as the configuration names it. */
  path: z.optional(z.string()),
  /** The file that was loaded, relative to the workspace when it is inside. */
  file: z.optional(z.string())
});

/** Where a skill comes from. */
export type SkillSource = z.infer<typeof skillSourceSchema>;

/** One skill as people see it. */
export const skillRecordSchema = z.object({
  name: z.string(),
  /**
   * `live`: it answers. `error`: it never loaded. A live skill whose newest version would not load
   * stays `live` and carries that version's `error`.
   */
  state: z.enum(['live', 'error']),
  /** 1 for the first version that went live, and one more for each that replaced it. */
  version: z.int(),
  /** When this version went live, in milliseconds since 1970. */
  loadedAt: z.optional(z.number()),
  source: skillSourceSchema,
  matchers: z.array(matcherRecordSchema),
  error: z.optional(errorRecordSchema)
});

/** One skill as people see it. */
export type SkillRecord = z.infer<typeof skillRecordSchema>;

/** What a load, a reload or a removal did to one skill. */
export const skillChangeSchema = z.object({
  skill: z.string(),
  kind: z.enum(['added', 'changed', 'unchanged', 'removed', 'failed']),
  /** The version that is live now; 0 when none is. */
  version: z.int(),
  /** Matchers that are new. */
  added: z.array(matcherRecordSchema),
  /** Matchers that are gone. */
  removed: z.array(matcherRecordSchema),
  /** Matchers whose record changed. */
  changed: z.array(z.object({ before: matcherRecordSchema, after: matcherRecordSchema })),
  /** Why the newest version is not live. */
  error: z.optional(errorRecordSchema),
  /** What the author should know although the skill is live. */
  warnings: z.array(errorRecordSchema),
  /** From the first byte read to the swap, in milliseconds. */
  duration: z.number()
});

/** What a load, a reload or a removal did to one skill. */
export type SkillChange = z.infer<typeof skillChangeSchema>;

/** Why skills were loaded. */
export const reloadCauseSchema = z.enum([
  'start',
  'cell',
  'file',
  'request',
  'configuration',
  'thread'
]);

/** Why skills were loaded. */
export type ReloadCause = z.infer<typeof reloadCauseSchema>;
