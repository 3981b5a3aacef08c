import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ModuleStore } from '../../src/loader';
import type { ChatOpsError } from '../../src/protocol';
import { temporaryFolder, writeFiles } from '../support/temporary-folder';

function store(files: Record<string, string>) {
  const folder = temporaryFolder(files);
  const modules = new ModuleStore(folder);
  const load = (specifier: string) => modules.import(specifier, path.join(folder, 'cell.ts'));
  return { folder, load };
}

test('what did not change keeps its state, whoever imports it', async () => {
  const { load } = store({
    'count.ts': 'let n = 0; export const next = (): number => ++n;',
    'other.ts': `export { next } from './count';`
  });
  const first = (await load('./count')) as { next: () => number };
  first.next();
  const second = (await load('./count')) as { next: () => number };
  const other = (await load('./other')) as { next: () => number };
  expect([second.next(), other.next()]).toEqual([2, 3]);
});

test('what changed is new, and so is what imports it, near or far', async () => {
  const { folder, load } = store({
    'a.ts': `import { b } from './b'; export const a = () => 'a' + b();`,
    'b.ts': `import { c } from './c'; export const b = () => 'b' + c;`,
    'c.ts': `export const c = 1;`,
    'd.ts': `export const made = {};`
  });
  const { made } = await load('./d.ts');
  expect(((await load('./a')).a as () => string)()).toBe('ab1');
  writeFiles(folder, { 'c.ts': 'export const c = 2;' });
  expect(((await load('./a')).a as () => string)()).toBe('ab2');
  expect((await load('./d.ts')).made).toBe(made);
});

test('a file that failed is tried again, also unchanged', async () => {
  const { folder, load } = store({
    'index.ts': `import { x } from './late'; export const y = x;`,
    'bad.ts': 'const = 1;'
  });
  await expect(load('./index')).rejects.toMatchObject({ code: 'CHATOPS_SKILL_IMPORT' });
  writeFiles(folder, { 'late.ts': 'export const x = 1;' });
  expect((await load('./index')).y).toBe(1);
  await expect(load('./bad')).rejects.toMatchObject({ code: 'CHATOPS_SKILL_SYNTAX' });
  writeFiles(folder, { 'bad.ts': 'export const good = 1;' });
  expect((await load('./bad')).good).toBe(1);
});

test('a file that is gone is an error and no memory of it', async () => {
  const { folder, load } = store({ 'a.ts': 'export const a = 1;' });
  await load('./a.ts');
  writeFiles(folder, {
    'b.ts': `export const b = await import('./a.ts').then(() => 'old', error => error.code);`
  });
  rmSync(path.join(folder, 'a.ts'));
  const error = (await load('./a.ts').catch((thrown: unknown) => thrown)) as ChatOpsError;
  expect(error.code).toBe('CHATOPS_SKILL_IMPORT');
  expect((await load('./b.ts')).b).toBe('CHATOPS_SKILL_IMPORT');
});
