import { describe, expect, test } from 'vitest';
import { compileCell } from '../../../src/kernel/cell';
import { parseTyped } from '../../../src/kernel/cell/parse';
import { parsePlain } from '../../../src/kernel/cell/parse-plain';

const plain = [
  '1 + 1',
  'const { a, b = 2 } = await load();\nclass A { x; static #y = 1; get z() { return this.x } }',
  "import type, { as } from './of'; import * as from from 'as'; export default type",
  'type\nX = 1\ndeclare\nlet abstract = x\n!y',
  'class A { declare\n x = 1; private\n y\n async\n z() {} }',
  "label: for await (const x of y) { if (x) break label } `${a}:${'b'}`",
  '{ a: 1, b() { return { c: 2 } } }',
  '{ a: 1 }; 2'
];

describe('what is no more than JavaScript', () => {
  test.each(plain)('means the same where nobody looks for types: %s', text => {
    const quick = parsePlain(text);
    const thorough = parseTyped(text, 'cell');
    expect(quick?.code).toBe(thorough.code);
    expect(quick?.lead).toBe(thorough.lead);
    expect(quick?.program).toEqual(thorough.program);
  });
});

test('a choice whose other branch is a function is no function with a type', () => {
  expect(compileCell('a ? (b) : c => d', 'cell').body).toContain('a ? (b) : c => d');
});

describe('what may be more', () => {
  test.each([
    'f<number>(1)',
    'let x: number = 1',
    'x as number',
    'enum A { B }',
    '@sealed class A {}',
    '{ a: 1 as number }',
    'using x = open()',
    'let x ='
  ])('is left to those who know types: %s', text => {
    expect(parsePlain(text)).toBeUndefined();
  });

  test('a generic call is no pair of comparisons', () => {
    expect(compileCell('f<number>(1)', 'cell').body).toContain('f(1)');
  });
});
