import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareCandidates, scoreOf } from '../../src/engine';
import type { Candidate } from '../../src/protocol';
import { matcher } from '../support/skills';

function score(pattern: string, scoreFactor = 0.6): number {
  return scoreOf({ pattern, scoreFactor }, [{ start: 0, end: 1 }], 'x', 0).score;
}

// The values are those of opsdroid 0.31.0 for patterns of these lengths.
test.each([
  [1, 0.45],
  [2, 0.533333],
  [4, 0.576],
  [5, 0.583333],
  [6, 0.587755],
  [18, 0.598338],
  [22, 0.598866],
  [50, 0.599769]
])('a pattern of %i characters scores %d', (length, expected) => {
  expect(score('x'.repeat(length))).toBeCloseTo(expected, 6);
});

test('characters are counted as people count them', () => {
  expect(score('👋👋')).toBe(score('ab'));
});

test('the factor multiplies, and 0 is a factor too', () => {
  expect(score('abcd', 1)).toBeCloseTo(0.96);
  expect(score('abcd', 0)).toBe(0);
});

test('coverage is the share of the text that matched', () => {
  const spans = [
    { start: 0, end: 2 },
    { start: 4, end: 6 }
  ];
  expect(scoreOf(matcher(/a/), spans, 'abxxab12', 0).coverage).toBe(0.5);
  expect(scoreOf(matcher(/^$/), [{ start: 0, end: 0 }], '', 0).coverage).toBe(1);
});

describe('ranking', () => {
  const candidate = (values: { score: number; coverage: number; order: number }): Candidate => ({
    skill: `s${values.order}`,
    version: 1,
    matcher: matcher(/x/),
    spans: [],
    captures: [],
    score: { base: 1, length: 1, factor: 1, ...values }
  });
  const names = (candidates: Candidate[]): string[] =>
    candidates.toSorted(compareCandidates).map(({ skill }) => skill);

  test('goes by score, then by coverage, then by who came first', () => {
    expect(
      names([
        candidate({ score: 0.5, coverage: 0.2, order: 3 }),
        candidate({ score: 0.5, coverage: 0.9, order: 2 }),
        candidate({ score: 0.5, coverage: 0.2, order: 1 }),
        candidate({ score: 0.6, coverage: 0.1, order: 4 })
      ])
    ).toEqual(['s4', 's2', 's1', 's3']);
  });

  test('gives the same order whatever order the candidates come in', () => {
    const few = fc.constantFrom(0, 0.3, 0.6);
    const candidates = fc.uniqueArray(
      fc.record({ score: few, coverage: few, order: fc.nat(50) }).map(candidate),
      { selector: ({ score }) => score.order }
    );
    fc.assert(
      fc.property(
        candidates.chain(list =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))
        ),
        ([list, shuffled]) => {
          expect(names(shuffled)).toEqual(names(list));
        }
      )
    );
  });
});
