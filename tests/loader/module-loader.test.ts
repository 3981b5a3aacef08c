import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ModuleLoader, type ModuleEnvironment } from '../../src/loader';
import type { ChatOpsError } from '../../src/protocol';
import { temporaryFolder, writeFiles } from '../support/temporary-folder';

const environment: ModuleEnvironment = {
  provided: { chatops: { matchRegex: (pattern: RegExp) => ({ pattern }) } },
  globals: { greeting: 'moin' }
};

async function load(files: Record<string, string>, entry = 'index.ts') {
  const root = temporaryFolder(files);
  return new ModuleLoader(root).load(path.join(root, entry), environment);
}

async function failure(files: Record<string, string>) {
  try {
    await load(files);
  } catch (error) {
    return (error as ChatOpsError).record;
  }
  throw new Error('it loaded');
}

describe('what a module may contain', () => {
  test('types are erased and host modules, globals and exports work', async () => {
    const { exports } = await load({
      'index.ts': `
        import { matchRegex, type Bot } from 'chatops';
        interface Greeting { words: string }
        export const hello: unknown = matchRegex(/hi/);
        export const text: Greeting = { words: greeting };
      `
    });
    expect(exports).toMatchObject({ hello: { pattern: /hi/ }, text: { words: 'moin' } });
  });

  test('local files with and without extension, folders, JSON and emitted names', async () => {
    const { exports, files } = await load({
      'index.ts': `
        import a from './a';
        import { b } from './b.ts';
        import { c } from './c.js';
        import { d } from './folder';
        import data from './data.json';
        export const all = [a, b, c, d, data.e];
      `,
      'a.ts': 'export default 1;',
      'b.ts': 'export const b: number = 2;',
      'c.ts': 'export const c = 3;',
      'folder/index.js': 'export const d = 4;',
      'data.json': '{ "e": 5 }'
    });
    expect(exports.all).toEqual([1, 2, 3, 4, 5]);
    expect(files.map(file => path.basename(file))).toEqual([
      'index.ts',
      'a.ts',
      'b.ts',
      'c.ts',
      'index.js',
      'data.json'
    ]);
  });

  test("Node's modules, by default and by name", async () => {
    const { exports } = await load({
      'index.ts': `
        import path, { join } from 'node:path';
        import * as os from 'os';
        export const same = path.join === join && typeof os.hostname === 'function';
      `
    });
    expect(exports.same).toBe(true);
  });

  test('packages of the workspace, CommonJS and ES modules alike', async () => {
    const { exports } = await load({
      'index.ts': `
        import old, { part } from 'old-package';
        import { fresh } from 'new-package';
        export const all = [old.whole, part, fresh];
      `,
      'node_modules/old-package/index.js':
        'const all = { whole: 1 }; all["pa" + "rt"] = 2; module.exports = all;',
      'node_modules/new-package/package.json':
        '{ "type": "module", "exports": { "import": "./main.js" } }',
      'node_modules/new-package/main.js': 'export const fresh = 3;'
    });
    expect(exports.all).toEqual([1, 2, 3]);
  });

  test('top-level await, dynamic import and a circle of imports', async () => {
    const { exports } = await load({
      'index.ts': `
        import { partner } from './circle';
        const late = await import('./late.ts');
        const os = await import('node:os');
        export const name = 'index';
        export const all = [late.value, typeof os.hostname, partner()];
      `,
      'late.ts': 'export const value = await Promise.resolve(7);',
      'circle.ts': `
        import * as index from './index';
        export const partner = () => 'circle knows ' + index.name;
      `
    });
    expect(exports.all).toEqual([7, 'function', 'circle knows index']);
  });

  test('a CommonJS file', async () => {
    const { exports } = await load({
      'index.ts': `import old from './old.cjs'; import { part } from './old.cjs'; export const all = [old.part, part];`,
      'old.cjs': 'const path = require("node:path"); module.exports = { part: path.sep };'
    });
    expect(exports.all).toEqual([path.sep, path.sep]);
  });

  test.each(['null', '5', '"text"'])('a CommonJS file that exports %s', async value => {
    const { exports } = await load({
      'index.ts': `
        import old from './old.cjs';
        const late = await import('./old.cjs');
        export const all = [old, late.default];
      `,
      'old.cjs': `module.exports = ${value};`
    });
    const expected: unknown = JSON.parse(value);
    expect(exports.all).toEqual([expected, expected]);
  });

  test('where a file lies, as ES modules ask for it', async () => {
    const { exports } = await load({
      'index.ts': `
        import { readFileSync } from 'node:fs';
        export const text = readFileSync(new URL('words.txt', import.meta.url), 'utf8');
        export const all = [import.meta.filename.endsWith('index.ts'), import
          . meta.dirname === __dirname, await import('./late'), new Error('here').stack];
      `,
      'late.ts': 'export const value = import.meta.filename;',
      'words.txt': 'found'
    });
    expect(exports.text).toBe('found');
    expect(exports.all).toEqual([
      true,
      true,
      { value: expect.stringMatching(/late\.ts$/) },
      expect.stringMatching(/index\.ts:5:\d+/)
    ]);
  });

  test('every load reads its files again', async () => {
    const root = temporaryFolder({
      'index.ts': `export { x } from './x';`,
      'x.ts': 'export const x = 1;'
    });
    const loader = new ModuleLoader(root);
    const entry = path.join(root, 'index.ts');
    expect((await loader.load(entry, environment)).exports.x).toBe(1);
    writeFiles(root, { 'x.ts': 'export const x = 2;' });
    expect((await loader.load(entry, environment)).exports.x).toBe(2);
  });
});

describe('what goes wrong says where', () => {
  test('a syntax error', async () => {
    expect(await failure({ 'index.ts': 'const a = 1;\nconst b: number = ;\n' })).toMatchObject({
      code: 'CHATOPS_SKILL_SYNTAX',
      where: { file: 'index.ts', line: 2, column: 19 },
      excerpt: '  1 | const a = 1;\n> 2 | const b: number = ;\n    |                   ^\n  3 |'
    });
  });

  test('a name declared twice, which only a full parser sees', async () => {
    expect(
      await failure({ 'index.ts': 'const name: string = "";\nlet x: number, name = 2;' })
    ).toMatchObject({
      code: 'CHATOPS_SKILL_SYNTAX',
      message: "Identifier 'name' has already been declared.",
      where: { line: 2, column: 16 }
    });
  });

  test('a local file that is not there', async () => {
    expect(
      await failure({
        'index.ts': `import type { T } from './types';\nimport { a } from './missing';\na();`
      })
    ).toMatchObject({
      code: 'CHATOPS_SKILL_IMPORT',
      message: 'Cannot find `./missing`.',
      where: { file: 'index.ts', line: 2, column: 19 }
    });
  });

  test('a package that is not installed', async () => {
    expect(
      await failure({ 'index.ts': `import x from '@acme/nothing/deep';\nx();` })
    ).toMatchObject({
      code: 'CHATOPS_SKILL_IMPORT',
      hint: 'Install it in the workspace: `npm install @acme/nothing`.',
      where: { line: 1, column: 15 }
    });
  });

  test('a name that a module does not export, with the one that was meant', async () => {
    expect(
      await failure({ 'index.ts': `import { matchRegexp } from 'chatops';\nmatchRegexp(/x/);` })
    ).toMatchObject({
      code: 'CHATOPS_SKILL_IMPORT_NAME',
      message: '`chatops` has no export named `matchRegexp` (did you mean `matchRegex`?).',
      where: { line: 1, column: 10 }
    });
  });

  test('an error while an imported file runs, at its place and with the way there', async () => {
    const error = await failure({
      'index.ts': `import { run } from './helper';\n\nrun();`,
      'helper.ts': `interface T { a: number }\nexport function run(): T {\n  const x: any = null; return x.deep.value;\n}`
    });
    expect(error).toMatchObject({
      code: 'CHATOPS_SKILL_LOAD',
      message:
        "The skill stopped while it was loading: TypeError: Cannot read properties of null (reading 'deep').",
      where: { file: 'helper.ts', line: 3, column: 33 }
    });
    expect(error.stack).toEqual(['run (helper.ts:3:33)', 'index.ts:3:1']);
  });

  test('a namespace with values, which cannot be erased', async () => {
    expect(
      await failure({ 'index.ts': 'export namespace Names {\n  export const a = 1;\n}' })
    ).toMatchObject({
      code: 'CHATOPS_SKILL_SYNTAX',
      where: { line: 1, column: 8 }
    });
  });
});
