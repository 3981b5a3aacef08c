import type { Candidate, ScoreParts, Trace } from '../../../src/protocol';

/** A trace of a text that was said, which nothing matched. */
export function trace(changes: Partial<Trace> = {}): Trace {
  return {
    seq: 1,
    room: 'general',
    connector: 'panel',
    user: { id: 'local:ann', name: 'Ann' },
    text: 'hello',
    time: 0,
    considered: 3,
    candidates: [],
    outcome: 'unmatched',
    troubles: [],
    matching: 0.1,
    duration: 1,
    ...changes
  };
}

/** A candidate with a pattern of so many characters. */
export function candidate(
  skill: string,
  score: Partial<ScoreParts> = {},
  changes: Partial<Candidate> = {}
): Candidate {
  return {
    skill,
    version: 1,
    matcher: {
      id: skill,
      handler: skill,
      kind: 'regex',
      pattern: 'hello',
      flags: '',
      condition: 'search',
      scoreFactor: 0.6
    },
    spans: [{ start: 0, end: 5 }],
    captures: [],
    score: {
      score: 0.58,
      basis: 'length',
      base: 0.97,
      length: 5,
      factor: 0.6,
      coverage: 1,
      order: 0,
      ...score
    },
    ...changes
  };
}
