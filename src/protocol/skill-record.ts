import * as z from 'zod/mini';
import { errorRecordSchema } from './error-record';
import { matcherRecordSchema } from './matcher-record';

/** Where a skill comes from. */
export const skillSourceSchema = z.object({
  kind: z.enum(['path', 'builtin', 'repo', 'package', 'cell']),
  /** The file or folder, the repository or the package, as the configuration names it. */
  path: z.optional(z.string()),
  /** The commit or version that is used, of what was fetched from elsewhere. */
  pinned: z.optional(z.string()),
  /** The file that was loaded, relative to the workspace when it is inside. */
  file: z.optional(z.string())
});

/** Where a skill comes from. */
export type SkillSource = z.infer<typeof skillSourceSchema>;

/** One skill as people see it. */
export const skillRecordSchema = z.object({
  name: z.string(),
  /**
   * `live`: it answers. `error`: it never loaded. `held`: it is kept from answering, because it went
   * wrong too often or because someone said so; `error` says why. A live skill whose newest version would not load
   * stays `live` and carries that version's `error`.
   */
  state: z.enum(['live', 'error', 'held']),
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
  kind: z.enum(['added', 'changed', 'unchanged', 'removed', 'failed', 'held']),
  /** The version that is live now; 0 when none is. */
  version: z.int(),
  /** Matchers that are new. */
  added: z.array(matcherRecordSchema),
  /** Matchers that are gone. */
  removed: z.array(matcherRecordSchema),
  /** Matchers whose record changed. */
  changed: z.array(z.object({ before: matcherRecordSchema, after: matcherRecordSchema })),
  /** Why the newest version is not live, or is on hold. */
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
  'thread',
  'hold'
]);

/** Why skills were loaded. */
export type ReloadCause = z.infer<typeof reloadCauseSchema>;
