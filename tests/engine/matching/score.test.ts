import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareCandidates, lengthScore, scoreFrom, type ScoreFacts } from '../../../src/engine';
import type { Candidate } from '../../../src/protocol';
import { format, matcher, record } from '../../support/skills';

const facts: ScoreFacts = { factor: 0.6, spans: [{ start: 0, end: 1 }], text: 'x', order: 0 };

function score(pattern: string, factor = 0.6): number {
  return lengthScore(pattern, { ...facts, factor }).score;
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

test('the factor multiplies, has no limit, and 0 is a factor too', () => {
  expect(score('abcd', 1)).toBeCloseTo(0.96);
  expect(score('abcd', 2)).toBeCloseTo(1.92);
  expect(score('abcd', 0)).toBe(0);
});

test('what comes with a base of its own is multiplied all the same, and says what the base is', () => {
  expect(scoreFrom('confidence', 0.8, { ...facts, factor: 0.5 })).toMatchObject({
    score: 0.4,
    basis: 'confidence',
    base: 0.8,
    factor: 0.5
  });
});

test('coverage is the share of the text that matched', () => {
  const spans = [
    { start: 0, end: 2 },
    { start: 4, end: 6 }
  ];
  expect(lengthScore('a', { ...facts, spans, text: 'abxxab12' }).coverage).toBe(0.5);
  const nothing = { ...facts, spans: [{ start: 0, end: 0 }], text: '' };
  expect(lengthScore('^$', nothing).coverage).toBe(1);
});

describe('ranking', () => {
  interface Weights {
    score: number;
    coverage: number;
    order: number;
    matcher?: Candidate['matcher'];
  }
  const candidate = ({ matcher: weighed = matcher(/x/), ...weights }: Weights): Candidate => ({
    skill: `s${weights.order}`,
    version: 1,
    matcher: weighed,
    spans: [],
    captures: [],
    score: { basis: 'length', base: 1, length: 1, factor: 1, ...weights }
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

  test('puts a regular expression before a format that weighs as much, as opsdroid does', () => {
    const same = { score: 0.5, coverage: 1 };
    expect(
      names([
        candidate({
          ...same,
          order: 1,
          matcher: record('intent', { intent: 'x', threshold: 0.6 })
        }),
        candidate({
          ...same,
          order: 2,
          matcher: record('nlu', { parser: 'witai', field: 'intent', value: 'x' })
        }),
        candidate({ ...same, order: 3, matcher: format('x') }),
        candidate({ ...same, order: 4 })
      ])
    ).toEqual(['s4', 's3', 's2', 's1']);
  });

  const few = fc.constantFrom(0, 0.3, 0.6);
  const kinds = fc.constantFrom(
    matcher(/x/),
    format('x'),
    record('intent', { intent: 'x', threshold: 0.6 })
  );
  const candidates = fc.uniqueArray(
    fc.record({ score: few, coverage: few, order: fc.nat(50), matcher: kinds }).map(candidate),
    { selector: ({ score }) => score.order }
  );

  test('gives the same order whatever order the candidates come in', () => {
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

  test('is total: any two candidates have an order, and orders do not go round in circles', () => {
    fc.assert(
      fc.property(fc.tuple(candidates), ([list]) => {
        for (const a of list) {
          for (const b of list) {
            const sign = Math.sign(compareCandidates(a, b));
            expect(sign + Math.sign(compareCandidates(b, a))).toBe(0);
            expect(sign === 0).toBe(a === b);
            for (const c of list) {
              if (sign < 0 && compareCandidates(b, c) < 0) {
                expect(compareCandidates(a, c)).toBeLessThan(0);
              }
            }
          }
        }
      }),
      { numRuns: 30 }
    );
  });
});
