import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDifference } from '../../src/workshop';

const shown = (before: string, after: string): string[] =>
  lineDifference(before, after).map(
    ({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`
  );

test('what changed is told line by line, and what stayed stays', () => {
  expect(shown('a\nb\nc\n', 'a\nx\nc\n')).toEqual([' a', '-b', '+x', ' c']);
  expect(shown('', 'a\n')).toEqual(['+a']);
  expect(shown('a\n', '')).toEqual(['-a']);
});

test('either text can be read from it', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const difference = lineDifference(before.join('\n'), after.join('\n'));
      const without = (kind: string): string[] =>
        difference.filter(line => line.kind !== kind).map(({ text }) => text);
      expect(without('added')).toEqual(before);
      expect(without('removed')).toEqual(after);
    })
  );
});
