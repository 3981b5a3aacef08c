import type { MatcherRecord } from '../../protocol';
import type { LoadRequest } from './loaded-skill';
import type { SkillThreadHandle } from './skill-thread-handle';
import type { FileDigests } from './thread-frames';

/** One version of a skill, wherever it lives at the moment. */
export interface Resident extends LoadRequest {
  /** Its number for as long as it is in use. */
  readonly id: number;
  /** What it was made from. */
  files: FileDigests;
  matchers: readonly MatcherRecord[];
  keepsState: boolean;
  /** Where it lives; nowhere while its thread is gone. */
  load: Load | undefined;
  /** Set while it moves to another thread. */
  moving: Promise<Load | undefined> | undefined;
  /** How many of its runs have not ended, wherever they are. */
  wanted: number;
  retired: boolean;
}

/** A version of a skill in one thread. */
export interface Load {
  readonly number: number;
  readonly resident: Resident;
  readonly thread: SkillThreadHandle;
  /** The runs that were sent there and have not ended. */
  readonly active: Set<number>;
  retired: boolean;
}
