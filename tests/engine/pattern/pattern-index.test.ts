import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LinearPattern, PatternIndex } from '../../../src/engine';

function compile(pattern: string): LinearPattern {
  const compiled = LinearPattern.compile({
    kind: 'regex',
    pattern,
    flags: '',
    condition: 'search'
  });
  if (!(compiled instanceof LinearPattern)) {
    throw new Error(compiled.reason);
  }
  return compiled;
}

test('many patterns are found like one, each by its own key', () => {
  const index = new PatternIndex<number>();
  for (let i = 0; i < 1000; i++) {
    index.add(i, compile(`^deploy service-${i} to (\\w+)$`));
  }
  expect(index.size).toBe(1000);
  expect(index.match('deploy service-0 to prod')).toEqual([0]);
  expect(index.match('deploy service-999 to prod')).toEqual([999]);
  expect(index.match('deploy service-1000 to prod')).toEqual([]);
});

test('whatever is added and taken out, it matches what each pattern by itself matches', () => {
  const patterns = [
    'a',
    'b',
    'ab',
    'a+b',
    '^a',
    '^a|^b',
    '^a|b',
    '(^b|c)a',
    '^',
    'b$',
    '[ab]c',
    'c?'
  ];
  const words = fc.constantFrom(...patterns);
  const step = fc.record({ key: fc.integer({ min: 0, max: 150 }), pattern: fc.option(words) });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 400, size: 'max' }),
      fc.array(fc.constantFrom('a', 'b', 'c', '')),
      (steps, letters) => {
        const index = new PatternIndex<number>();
        const model = new Map<number, LinearPattern>();
        for (const { key, pattern } of steps) {
          index.delete(key);
          model.delete(key);
          if (pattern !== null) {
            const compiled = compile(pattern);
            index.add(key, compiled);
            model.set(key, compiled);
          }
        }
        const text = letters.join('');
        const expected = [...model].filter(([, pattern]) => pattern.test(text)).map(([key]) => key);
        expect(index.match(text).toSorted((a, b) => a - b)).toEqual(
          expected.toSorted((a, b) => a - b)
        );
        expect(index.size).toBe(model.size);
      }
    ),
    { numRuns: 60 }
  );
});
