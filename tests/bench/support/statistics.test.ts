import { describe, expect, it } from 'vitest';
import { median, percentile, spread } from '../../../bench/support/statistics.mjs';

describe('median', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[10, 9, 100, 1], 9.5]
  ])('of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('leaves the values as they were', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

  it.each([
    [50, 50],
    [99, 99],
    [99.5, 100],
    [100, 100]
  ])('%d of the numbers from 1 to 100 is %d', (percent, value) => {
    expect(percentile(hundred, percent)).toBe(value);
  });

  it('is the only value there is', () => {
    expect(percentile([7], 1)).toBe(7);
    expect(percentile([7], 99)).toBe(7);
  });

  it('sorts by size and not by digits', () => {
    expect(percentile([9, 10, 100], 50)).toBe(10);
  });
});

describe('spread', () => {
  it('tells the middle and both ends', () => {
    expect(spread([4, 2, 8])).toEqual({ median: 4, low: 2, high: 8 });
  });
});
