import type { MatcherRecord, SkillSource } from '../protocol';
import type { SkillRunner } from './skill-runner';

/** A skill that can be called, as the engine holds it. */
export interface Skill {
  readonly name: string;
  readonly source: SkillSource;
  readonly matchers: readonly MatcherRecord[];
  /** Identifies its code: the same for as long as it would do the same. */
  readonly fingerprint: string;
  readonly runner: SkillRunner;
}
