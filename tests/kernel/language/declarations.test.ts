import { describe, expect, test } from 'vitest';
import { declarationsOf } from '../../../src/kernel/language/declarations';
import { tokensOf } from '../../../src/source';

const namesIn = (text: string): string[] =>
  declarationsOf(tokensOf(text)).flatMap(({ names }) => names);

describe('the names a text declares at its top level', () => {
  test.each([
    ['const a = 1, b: Map<string, number> = new Map(), c = [1, 2]', ['a', 'b', 'c']],
    ['let x;\nlet y', ['x', 'y']],
    ['const { a, b: c, d = { e: 1 }, ...f } = g, [h, , i = j] = k', ['a', 'c', 'd', 'f', 'h', 'i']],
    ['const f = (x: number): x is 3 => { const inner = 1; return inner }, g = 2', ['f', 'g']],
    ['async function* walk<T>(a: T) { let b }', ['walk']],
    ['export default class A extends B {}', ['A']],
    ['abstract class A {}\nenum E { X }\nconst enum F { Y }', ['A', 'E', 'F']],
    [
      'interface User { name: string }\ntype Id = string;\ndeclare const z: Id',
      ['User', 'Id', 'z']
    ],
    ["import d, { a as b, type T, c } from 'x'", ['d', 'b', 'T', 'c']],
    ["import * as ns from 'x'; import type { U } from 'y'; import 'z'", ['ns', 'U']],
    ["import data from './a.json' with { type: 'json' }\nconst after = 1", ['data', 'after']],
    ['const text = `${{ a: 1 }.a} const no = 1`, yes = 1', ['text', 'yes']],
    [
      "const url = 'http://x' // const no = 1\nconst yes = /[/'\"]/g, also = 4 / 2 / 1",
      ['url', 'yes', 'also']
    ],
    ['await using file = open()', ['file']],
    ['for (const i of [1]) { const inner = 2 }\nif (a) { function f() {} }', []],
    ['x = function named() {};\ny = class Named {}', []],
    ["import('x');\nimport.meta.url", []],
    ['const a = 1\nuse(a)\nconst b = a\n  .c,\n  d = 2', ['a', 'b', 'd']],
    ['type.x = 1; let type = 2', ['type']]
  ])('%s', (text, names) => {
    expect(namesIn(text)).toEqual(names);
  });

  test.each([
    ['const user = getUser(); user.', ['user']],
    ['const { a, b', ['a', 'b']],
    ['function f(', ['f']],
    ['const text = `open ${a', ['text']],
    ['import { a, ', ['a']],
    ['const x = {\n  a: [1,\n', ['x']],
    ['class', []]
  ])('of unfinished code: %s', (text, names) => {
    expect(namesIn(text)).toEqual(names);
  });
});

test('no text makes it fail or hang', () => {
  const pieces = [
    'const',
    ' a',
    '`',
    '${',
    '}',
    '{',
    '(',
    ')',
    '/',
    "'",
    '"',
    '\\',
    '=>',
    ',',
    '=',
    '\n',
    'import',
    'from',
    '[',
    ']'
  ];
  for (let seed = 1; seed < 2000; seed++) {
    const text = Array.from(
      { length: 12 },
      (_, i) => pieces[(seed * (i + 7) * 31 + (seed >> i)) % pieces.length]
    ).join('');
    const tokens = tokensOf(text);
    expect(tokens.every(({ start, end }) => end > start)).toBe(true);
    declarationsOf(tokens);
  }
});
