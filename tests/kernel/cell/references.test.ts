import { expect, test } from 'vitest';
import { compileCell, SessionNames } from '../../../src/kernel/cell';
import { parseCell } from '../../../src/kernel/cell/parse';
import { referencesTo } from '../../../src/kernel/cell/references';

/** The lines and columns at which `x` means the session's. */
function places(cell: string): number[] {
  return referencesTo(parseCell(cell, 'cell').program, new Set(['x'])).map(
    ({ node }) => node.start
  );
}

/** Where the mark `^` stands in a cell, and the cell without it. */
function marked(text: string): { cell: string; marks: number[] } {
  const marks: number[] = [];
  let cell = '';
  for (const character of text) {
    if (character === '^') {
      marks.push(cell.length);
    } else {
      cell += character;
    }
  }
  return { cell, marks };
}

test.each([
  '^x',
  'const ^x = 1; ^x + ^x',
  '^x.x.y[^x]',
  '({ x: 1, y: ^x, [^x]: 2, ^x })',
  'const { x: y, ^x } = ^x',
  'const [^x, { z = ^x }] = []',
  '[^x, { ^x = ^x, y: ^x }] = []',
  'const f = (x, y = x) => x; f(^x)',
  'function f(y = ^x) { return ^x }',
  'function f() { var x = 1; return x }',
  'function f() { if (a) { var x } return () => x }',
  'function f() { { let x = 1; x } return ^x }',
  '(function x() { return x }); ^x',
  'class A extends ^x { x = ^x; static x() { return ^x } [^x]() {} }',
  '(class x { a = x }); ^x',
  '{ let x = 1; x; { x } } ^x',
  '{ class x {} new x() } { function x() {} x() } ^x',
  'for (const x of [x]) x; ^x',
  'for (let x = 0; x < 1; x++) x; ^x',
  'for (var ^x of []) ^x',
  'try { ^x } catch (x) { x } ^x',
  'try {} catch { ^x }',
  'switch (^x) { case ^x: let y = 1 } switch (1) { case 2: let x = 3; x }',
  'x: for (;;) { break x }',
  'import y from "y"; `${^x}`; ^x++; [...^x]; async () => { await ^x }',
  'class A { static { var x = 1; x } static y = ^x }'
])('%s', text => {
  const { cell, marks } = marked(text);
  expect(places(cell).toSorted((a, b) => a - b)).toEqual([...new Set(marks)]);
});

test('a name of Node’s that a cell declares becomes a variable of its own, in later cells too', () => {
  const session = new SessionNames(['fetch', 'Map']);
  const first = compileCell('const fetch = 1; const own = { fetch, Map };', 'cell', session);
  expect(first.names).toEqual(['fetch\u200d', 'own']);
  expect(first.body).toContain('{ fetch: fetch\u200d, Map }');
  const second = compileCell('fetch(x => x.fetch)', 'cell', session);
  expect(second.body).toContain('fetch\u200d(x => x.fetch)');
  const third = compileCell("import { get as Map } from 'x'; Map", 'cell', session);
  expect(third.imports[0]!.bindings).toEqual([{ imported: 'get', local: 'Map\u200d', used: true }]);
  expect(third.body).toContain('Map\u200d');
});

test('a function keeps its name under another variable', () => {
  const session = new SessionNames(['fetch']);
  const { functions, body } = compileCell(
    'function fetch() { return fetch }\nfetch()',
    'c',
    session
  );
  expect(functions.trim()).toBe(
    ';fetch\u200d = { fetch: function      () { return fetch\u200d } }.fetch;'
  );
  expect(body.trim()).toBe(';return [(fetch\u200d())];');
});

test('a constant refuses to be assigned to, in whatever way, and in later cells too', () => {
  const session = new SessionNames();
  const target = '__cell.constants.a';
  const code = (cell: string) => compileCell(cell, 'cell', session).body;
  expect(code('const a = 1; a = 2')).toContain(`${target} = 2`);
  expect(code('a++; [a] = [1]; ({ a } = {}); for (a of []) {}')).toBe(
    `${target}++; [${target}] = [1]; ({ a: ${target} } = {}); for (${target} of []) {}`
  );
  expect(code('a.b = a; ((a) => { a = 1 })')).not.toContain(target);
  expect(code('let a = 1; a = 2;')).not.toContain(target);
  expect(code("import a from 'a'; a = 2")).toContain(target);
  expect(code('function a() {} a = 3')).not.toContain(target);
});
