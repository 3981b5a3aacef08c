import { expect, test } from 'vitest';
import { completenessOf } from '../../../src/kernel/cell';

test.each<[string, string]>([
  ['const x = {', '  '],
  ['function f() {\n  if (true) {', '    '],
  ['  foo(', '    '],
  ['const s = `text', ''],
  ['/* comment', ''],
  ['a +', ''],
  ['const x: Array<', '']
])('%j goes on', (text, indent) => {
  expect(completenessOf(text)).toEqual({ status: 'incomplete', indent });
});

test.each(['1', 'const x: number = 1\n', '{ a: 1 }', 'await f()', '// only a comment', ''])(
  '%j is whole',
  text => {
    expect(completenessOf(text)).toEqual({ status: 'complete' });
  }
);

test.each(['}', 'const = 1', 'let ;;', 'a b\nc', 'let a; let a;'])('%j is wrong', text => {
  expect(completenessOf(text)).toEqual({ status: 'invalid' });
});
