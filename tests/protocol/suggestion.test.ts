import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/protocol';

const KEYS = ['connectors', 'skills', 'logging', 'web'];

test.each([
  ['conectors', 'connectors'],
  ['sklils', 'skills'],
  ['Logging', 'logging'],
  ['skill', 'skills'],
  ['wbe', 'web']
])('%s most likely means %s', (word, meant) => {
  expect(nearest(word, KEYS)).toBe(meant);
});

test.each(['databases', 'x', 'a completely different thing'])('%s is near to nothing', word => {
  expect(nearest(word, KEYS)).toBeUndefined();
  expect(didYouMean(word, KEYS)).toBe('');
});
