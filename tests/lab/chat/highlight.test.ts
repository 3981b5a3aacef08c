import { expect, test } from 'vitest';
import { highlight } from '../../../src/lab/chat/highlight';

/** The parts as text, with brackets around what is marked. */
function marked(text: string, ...spans: [number, number][]): string {
  return highlight(
    text,
    spans.map(([start, end]) => ({ start, end }))
  )
    .map(({ part, marked }) => (marked ? `[${part}]` : part))
    .join('');
}

test.each([
  [marked('say hello', [4, 9]), 'say [hello]'],
  [marked('say hello'), 'say hello'],
  [marked('this hi', [5, 7], [1, 3]), 't[hi]s [hi]'],
  [marked('aaa', [0, 2], [1, 3]), '[aa][a]'],
  [marked('abc', [1, 1]), 'abc'],
  [marked('', [0, 0]), '']
])('%s', (actual, expected) => expect(actual).toBe(expected));
