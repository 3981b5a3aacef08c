import type { TranslationBundle } from '@jupyterlab/translation';
import type { SkillRecord, Trace } from '../../protocol';
import { matcherWords } from './matcher-words';

/** A pattern that was tried where it can be stopped. */
export interface GuardedPattern {
  readonly skill: string;
  /** By which its skill knows it. */
  readonly matcher: string;
  /** As its author wrote it; empty where its skill has changed since. */
  readonly code: string;
  /** What about it could take very long. */
  readonly reason: string;
}

/** The patterns of a trace that were not tried with all others, as one reads them. */
export function guardedPatterns(
  { guarded = [], candidates }: Pick<Trace, 'guarded' | 'candidates'>,
  skills: readonly SkillRecord[],
  trans: TranslationBundle
): GuardedPattern[] {
  return guarded.map(({ skill, matcher, reason }) => {
    // One that matched stands in the trace itself, as it was then.
    const record =
      candidates.find(other => other.skill === skill && other.matcher.id === matcher)?.matcher ??
      skills.find(({ name }) => name === skill)?.matchers.find(({ id }) => id === matcher);
    return { skill, matcher, code: record ? matcherWords(record, trans).code : '', reason };
  });
}
