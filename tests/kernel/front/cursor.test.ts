import { expect, test } from 'vitest';
import { toCodePoints, toCodeUnits } from '../../../src/kernel/front/cursor';

test('Jupyter counts characters, JavaScript counts units', () => {
  const text = 'a🎈b';
  expect([0, 1, 2, 3, 9].map(points => toCodeUnits(text, points))).toEqual([0, 1, 3, 4, 4]);
  expect([0, 1, 3, 4].map(units => toCodePoints(text, units))).toEqual([0, 1, 2, 3]);
});
