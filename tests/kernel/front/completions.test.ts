import { expect, test } from 'vitest';
import { mergeCompletions } from '../../../src/kernel/front/completions';
import type { Completion } from '../../../src/kernel/thread';

const of = (start: number, ...texts: string[]): Completion => ({
  matches: texts.map(text => ({ text, type: 'property' })),
  start,
  end: 5
});
const texts = (completion: Completion) => completion.matches.map(({ text }) => text);

test('what the type knows comes first, then what the value has besides', () => {
  const merged = mergeCompletions('ab.c', 4, of(3, 'cat'), of(3, 'cat', 'cow', 'constructor'));
  expect(texts(merged)).toEqual(['cat', 'cow']);
});

test('the value alone is told in full', () => {
  expect(texts(mergeCompletions('ab.c', 4, undefined, of(3, 'constructor')))).toEqual([
    'constructor'
  ]);
  expect(mergeCompletions('ab.', 3, undefined, undefined)).toEqual({
    matches: [],
    start: 3,
    end: 3
  });
});

test('both replace the same stretch', () => {
  const merged = mergeCompletions('ab.c', 4, of(2, '?.cat'), of(3, 'cow'));
  expect(merged.start).toBe(2);
  expect(texts(merged)).toEqual(['?.cat', '.cow']);
});

test('names of the session are no files', () => {
  const path: Completion = { matches: [{ text: 'local', type: 'path' }], start: 3, end: 3 };
  expect(texts(mergeCompletions("'./", 3, path, of(3, 'cow')))).toEqual(['local']);
});
