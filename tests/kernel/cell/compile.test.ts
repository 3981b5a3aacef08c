import { runInThisContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { compileCell, formerColumn, type CellProgram } from '../../../src/kernel/cell';
import { CELL_OBJECT, IMPORT_FUNCTION } from '../../../src/kernel/cell/program';
import type { ChatOpsError } from '../../../src/protocol';

/** Runs cells one after the other as a session does, and gives what the last one returned. */
async function run(...cells: string[]): Promise<unknown> {
  const scope: Record<string, unknown> = {};
  let value: unknown;
  for (const cell of cells) {
    value = await evaluate(compileCell(cell, 'cell'), scope);
  }
  return (value as unknown[] | undefined)?.[0];
}

/** `with` stands for the session's scope here, so that no test sees another's variables. */
function evaluate(program: CellProgram, scope: Record<string, unknown>): unknown {
  program.names.forEach(name => (scope[name] ??= undefined));
  const wrap = (code: string, awaits: boolean): unknown => {
    const body = awaits ? `return (async () => {${code}\n})()` : code;
    const make = runInThisContext(
      `(scope, ${IMPORT_FUNCTION}, ${CELL_OBJECT}) => { with (scope) { return function () {${body}\n} } }`
    ) as (...values: unknown[]) => () => unknown;
    return make(scope, (name: string) => import(name), { resume: (x: unknown) => x, meta: {} })();
  };
  if (program.functions !== '') {
    wrap(program.functions, false);
  }
  return wrap(program.body, program.awaits);
}

function failure(cell: string) {
  try {
    compileCell(cell, 'cell 1');
  } catch (error) {
    return (error as ChatOpsError).record;
  }
  throw new Error('it compiled');
}

describe('the value of a cell', () => {
  test.each<[string, unknown]>([
    ['1 + 1', 2],
    ['const a = 1; a;', 1],
    ['const a: number = 1', undefined],
    ['1, 2', 2],
    ['1 // a comment', 1],
    ['{ a: 1, b: { c: 2 } }', { a: 1, b: { c: 2 } }],
    [' { a: 1 as number };\n', { a: 1 }],
    ['{ const a = 1; }', undefined],
    ['export default 5', 5],
    ['export default function () {}\n7', 7],
    ["'use strict'", 'use strict'],
    ['`a${1}`', 'a1'],
    ['let x = 1\n;[x, 2]', [1, 2]],
    ['const f = <T,>(x: T): T => x; f(3)', 3],
    ['await Promise.resolve(4)', 4],
    ['if (true) { 5 }', undefined],
    ['enum E { A, B }\nE.B', 1],
    ['interface A { a: string }\nconst x: A = { a: "b" };\nx.a!', 'b']
  ])('%s', async (cell, value) => {
    expect(await run(cell)).toEqual(value);
  });

  test('a promise stays a promise, also in a cell that awaits', async () => {
    const program = compileCell('await null; Promise.resolve(1)', 'cell');
    const value = (await evaluate(program, {})) as unknown[];
    expect(value[0]).toBeInstanceOf(Promise);
  });
});

describe('what one cell declares, a later one sees and may declare anew', () => {
  const declarations = [
    'const x = 1',
    'let x = 1',
    'var x = 1',
    'function x() {}',
    'class x {}',
    'const { x } = { x: 1 }',
    'const [x] = [1]',
    'for (var x of [1]) {}',
    'enum x { A }',
    'if (true) { var x = 1 }'
  ];
  for (const first of declarations) {
    test(first, async () => {
      for (const second of declarations) {
        expect(await run(first, `${second}\ntypeof x !== 'undefined'`, 'typeof x')).not.toBe(
          'undefined'
        );
      }
    });
  }

  test('with defaults, rests and nested patterns', async () => {
    expect(
      await run(
        'const { a, b: [c, ...d], e = 5, ...f } = { a: 1, b: [2, 3, 4], g: 6 }',
        '[a,c,d,e,f]'
      )
    ).toEqual([1, 2, [3, 4], 5, { g: 6 }]);
  });

  test('several at once, awaiting and not', async () => {
    expect(
      await run('const a = await 1, { b } = await { b: 2 }, c = 3; let d', '[a, b, c, d]')
    ).toEqual([1, 2, 3, undefined]);
  });

  test('a `let` without a value empties the variable, a `var` in a loop does not', async () => {
    expect(await run('let x = 1', 'let x', 'x')).toBeUndefined();
    expect(await run('for (const i of [1, 2]) { var x; if (i === 1) { x = i } }\nx')).toBe(1);
    expect(await run('var x = 1; var x; x')).toBe(1);
  });

  test('an enum does not keep members of an earlier one', async () => {
    expect(await run('enum E { A, B }', 'enum E { C }', 'Object.keys(E)')).toEqual(['0', 'C']);
  });

  test('what is declared in blocks and functions stays there', async () => {
    expect(
      await run(
        '{ let a = 1; const b = 2; function c() {} }\nfunction f() { var d = 1; return d }\nf()',
        'typeof a + typeof b + typeof c + typeof d'
      )
    ).toBe('undefinedundefinedundefinedundefined');
  });
});

describe('functions', () => {
  test('can be called before they are declared, also in a cell that awaits', async () => {
    expect(await run('const a = f(); function f() { return 1 }\na')).toBe(1);
    expect(await run('const a = await f(); async function f() { return 2 }\na')).toBe(2);
  });

  test('call the newest version of each other', async () => {
    expect(
      await run(
        'function a() { return b() }\nfunction b() { return 1 }',
        'function b() { return 2 }',
        'a()'
      )
    ).toBe(2);
    expect(
      await run(
        'function f(n) { return n === 0 ? "old" : f(n - 1) }\nconst g = f',
        'f = () => "new"',
        'g(1)'
      )
    ).toBe('new');
  });

  test('keep their names, and may be generators', async () => {
    expect(await run('function f() {}\nasync function* g() { yield 1 }\n[f.name, g.name]')).toEqual(
      ['f', 'g']
    );
  });
});

describe('imports', () => {
  test('name what they bring and where they stand', () => {
    const { imports, names, body } = compileCell(
      `import fs, { join as j, type X } from 'node:path';\nimport * as os from 'os';\nimport type { Y } from 'y';\nimport 'side';\nj`,
      'cell'
    );
    expect(imports).toEqual([
      {
        specifier: 'node:path',
        line: 1,
        column: 32,
        bindings: [
          { imported: 'default', local: 'fs', used: false },
          { imported: 'join', local: 'j', used: true }
        ]
      },
      {
        specifier: 'os',
        line: 2,
        column: 21,
        bindings: [{ imported: '*', local: 'os', used: false }]
      },
      { specifier: 'side', line: 4, column: 8, bindings: [] }
    ]);
    expect(names).toEqual(['fs', 'j', 'os']);
    expect(body.split('\n')).toHaveLength(5);
  });

  test('dynamic ones, and import.meta, work', async () => {
    expect(
      await run("const { sep } = await import('node:path'); typeof import.meta + sep.length")
    ).toBe('object1');
  });
});

test('statements without semicolons do not grow together', async () => {
  expect(
    await run('const f = () => 1\nconst { a } = { a: 2 }\nconst b = f\n;[1].map(x => x)\na')
  ).toBe(2);
  expect(await run('let f = (x: number) => x\nlet x\n(f)(1)\n')).toBe(1);
});

describe('places', () => {
  test('lines stay, and columns can be traced back', () => {
    const cell = 'const a = 1; class B {}\nfunction f() { return 1 } await f(); a.b.c';
    const { body, functions, shifts } = compileCell(cell, 'cell');
    expect(body.split('\n')).toHaveLength(2);
    for (const [code, word] of [
      [body, 'a.b.c'],
      [body, 'await f'],
      [functions, 'return 1']
    ] as const) {
      const line = code.split('\n')[1]!;
      expect(formerColumn(shifts, 2, line.indexOf(word) + 1)).toBe(
        cell.split('\n')[1]!.indexOf(word) + 1
      );
    }
  });

  test.each<[string, string, number, number]>([
    ['const a = ;', 'Unexpected token.', 1, 11],
    ['let a = 1;\nlet b: string = "x" +;', 'Unexpected token.', 2, 22],
    ['const a: number = 1;\nlet a = 2;', "Identifier 'a' has already been declared.", 2, 5],
    ['{ a: 1, b: }', 'Unexpected token, expected ";".', 1, 10],
    ['return 1', "'return' outside of function.", 1, 1],
    [
      'namespace N { export const a = 1 }',
      'A `namespace` cannot be used here; use a module or an object instead.',
      1,
      1
    ]
  ])('a mistake in %j', (cell, message, line, column) => {
    expect(failure(cell)).toMatchObject({
      code: 'CHATOPS_SKILL_SYNTAX',
      message,
      where: { file: 'cell 1', line, column }
    });
  });
});
