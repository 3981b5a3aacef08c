import { expect, test } from 'vitest';
import { reasonOf } from '../../src/protocol';

test.each([
  ['an error', new TypeError('no.'), 'no'],
  ['an error without words', new TypeError(), 'TypeError'],
  ['an error whose words are none', Object.assign(new Error(), { message: 5 }), '5'],
  ['a text', 'no.', 'no'],
  ['nothing', undefined, 'undefined']
])('%s is put into words', (_, thrown, words) => {
  expect(reasonOf(thrown)).toBe(words);
});

test.each([
  ['an object that throws', { toString: () => expect.unreachable() }],
  [
    'an error that throws',
    new Proxy(new Error('x'), {
      get: () => {
        throw new Error('trap');
      }
    })
  ],
  ['an object without a text', Object.create(null)]
])('%s when one looks at it is told as such', (_, thrown: unknown) => {
  expect(reasonOf(thrown)).toBe('something was thrown that cannot be put into words');
});
