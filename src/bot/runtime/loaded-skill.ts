import type { SkillRunner } from '../../engine';
import type { ErrorRecord, MatcherRecord } from '../../protocol';
import type { FileDigests } from './thread-frames';

/** How long a skill may work, in seconds. */
export interface RunLimits {
  /** One run from its beginning to its end, waiting included. */
  waiting: number;
  /** Without giving way to others. */
  blocking: number;
}

/** A skill to be loaded. */
export interface LoadRequest {
  skill: string;
  /** An absolute path. */
  entry: string;
  /** The entry's text, when it is not to be read from the file. */
  text?: string;
  config: Record<string, unknown>;
  limits: RunLimits;
}

/** A version of a skill that is loaded. */
export interface LoadedSkill {
  /** Its number, for {@link SkillRuntime.retire}. */
  load: number;
  matchers: MatcherRecord[];
  warnings: ErrorRecord[];
  files: FileDigests;
  /** It may keep something from one call to the next, and so has a thread of its own. */
  keepsState: boolean;
  runner: SkillRunner;
}

/** A version of a skill that would not load. */
export interface RefusedSkill {
  error: ErrorRecord;
  /** What was read before it failed. */
  files: FileDigests;
}
