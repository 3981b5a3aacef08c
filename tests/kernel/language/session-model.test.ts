import { describe, expect, test } from 'vitest';
import { SessionModel } from '../../../src/kernel/language/session-model';

function ran(...cells: [text: string, ...values: string[]][]): SessionModel {
  const model = new SessionModel();
  for (const [text, ...values] of cells) {
    model.add(text, values);
  }
  return model;
}

describe('the cells that ran, as modules', () => {
  test('cells share a module for as long as no name comes twice', () => {
    const { modules } = ran(['const a = 1', 'a'], ['interface B { a: typeof a }'], ['a + 1']);
    expect(modules).toHaveLength(1);
    expect(modules[0]!.text).toContain('const a = 1\n;\ninterface B');
    expect(modules[0]!.text).toContain('export { a, B };');
    expect(modules[0]!.text).not.toContain('a + 1');
  });

  test('a name that is declared again belongs to a new module, and what was made of the old keeps it', () => {
    const model = ran(['const a = 1', 'a'], ['const b = a', 'b'], ["const a = 'x'", 'a']);
    expect(model.modules).toHaveLength(2);
    expect(model.read('a; b').header).toBe(
      "import { a } from './__chatops_2'; import { b } from './__chatops_1';"
    );
  });

  test('a module from which nothing is needed any more is dropped', () => {
    const model = ran(['let n = 1', 'n'], ['let n = 2', 'n'], ['let n = 3', 'n']);
    expect(model.modules.map(({ name }) => name)).toEqual(['__chatops_3']);
  });

  test('a module that uses an old one keeps it', () => {
    const model = ran(
      ['let n = 1', 'n'],
      ['let n = 2; n', 'n'],
      ['let m = n; let k = 1', 'm', 'k']
    );
    expect(model.modules).toHaveLength(1);
    model.add('let n = 3', ['n']);
    expect(model.modules.map(({ name }) => name)).toEqual(['__chatops_2', '__chatops_3']);
  });

  test('the same import in many cells does not begin a new module each time', () => {
    const cell = "import fs from 'node:fs';\nfs.x";
    const { modules } = ran([cell, 'fs'], [cell, 'fs'], [cell, 'fs']);
    expect(modules).toHaveLength(1);
    expect(modules[0]!.text.match(/import fs/g)).toHaveLength(1);
  });

  test('exports in cells are left to the module', () => {
    const [module] = ran(['export const a = 1; export interface B {}', 'a']).modules;
    expect(module!.text).toContain('const a = 1; interface B {}');
    expect(module!.text.match(/export/g)).toHaveLength(1);
  });

  test('a text sees what it uses and does not declare itself', () => {
    const model = ran(['const a = 1, b = 2', 'a', 'b']);
    expect(model.read('a + x.b')).toEqual({
      header: "import { a } from './__chatops_1';",
      redeclared: new Set()
    });
    expect(model.read('const a = a + 1')).toEqual({ header: '', redeclared: new Set(['a']) });
    expect(model.read('', { every: true }).header).toContain('{ a, b }');
  });
});
