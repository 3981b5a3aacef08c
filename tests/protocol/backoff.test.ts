import { expect, test } from 'vitest';
import { backoff } from '../../src/protocol';

const highest = { first: 500, limit: 30_000, random: () => 0.999_999 };

test('the first attempt is made at once, later ones wait longer up to the limit', () => {
  expect([0, 1, 2, 3, 4, 7, 20].map(failures => backoff(failures, highest))).toEqual([
    0, 500, 1000, 2000, 4000, 30_000, 30_000
  ]);
});

test('chance decides how much of the wait is used', () => {
  expect(backoff(3, { ...highest, random: () => 0.25 })).toBe(500);
});
