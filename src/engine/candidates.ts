import type { Candidate, ErrorRecord } from '../protocol';
import type { GuardedMatcher } from './guarded-matcher';
import { LinearPattern, type PatternMatch } from './pattern';
import { compareCandidates, scoreOf } from './score';
import type { LiveMatcher, SkillRegistry } from './skill-registry';

/** Everything that matched a text, best first. */
export interface Ranking {
  candidates: Candidate[];
  /** How many matchers were asked. */
  considered: number;
  /** Matchers that gave up. */
  troubles: ErrorRecord[];
}

/** Holds a text against every live matcher and ranks those that match. */
export async function rankCandidates(
  text: string,
  registry: SkillRegistry,
  guard: GuardedMatcher
): Promise<Ranking> {
  const considered = registry.size;
  const candidates = registry.match(text).flatMap(matcher => {
    const match = matcher.pattern instanceof LinearPattern && matcher.pattern.exec(text);
    return match ? [toCandidate(matcher, match, text)] : [];
  });
  const troubles: ErrorRecord[] = [];
  if (registry.guardedMatchers.size > 0) {
    for (const { matcher, match, error } of await guard.match(
      [...registry.guardedMatchers],
      text
    )) {
      if (match) {
        candidates.push(toCandidate(matcher, match, text));
      } else if (error) {
        troubles.push(error);
      }
    }
  }
  return { candidates: candidates.sort(compareCandidates), considered, troubles };
}

function toCandidate(matcher: LiveMatcher, match: PatternMatch, text: string): Candidate {
  return {
    skill: matcher.skill,
    version: matcher.version,
    matcher: matcher.record,
    spans: match.spans,
    captures: match.captures,
    score: scoreOf(matcher.record, match.spans, text, matcher.order)
  };
}
