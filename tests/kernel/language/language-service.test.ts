import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LanguageService } from '../../../src/kernel/language';
import { temporaryFolder } from '../../support/temporary-folder';

/** TypeScript's real server, as it lies in this project's own packages. */
function service(folder = temporaryFolder()): LanguageService {
  const language = new LanguageService({
    folder,
    beside: process.cwd(),
    types: { skill: path.resolve('dist/types'), kernel: path.resolve('dist/kernel-types') }
  });
  onTestFinished(() => language.close());
  return language;
}

/** The completions at `|`. */
async function complete(language: LanguageService, code: string, file?: string) {
  const source = { code: code.replace('|', ''), file };
  const found = await language.complete(source, code.indexOf('|'));
  return found?.matches.map(({ text }) => text) ?? [];
}

async function inspect(language: LanguageService, code: string): Promise<string | undefined> {
  const found = await language.inspect({ code: code.replace('|', '') }, code.indexOf('|'));
  return found?.['text/markdown'] as string | undefined;
}

async function errors(language: LanguageService, code: string, isObject = false) {
  const problems = await language.check({ code, isObject });
  return problems?.map(({ line, column, code: number }) => `${line}:${column} TS${number}`);
}

describe('the session', () => {
  test('types go from cell to cell, and change when a name is declared again', async () => {
    const language = service();
    language.ran('interface User { name: string }\nconst user: User = { name: "x" };', ['user']);
    expect(await complete(language, 'user.|')).toEqual(['name']);
    expect(await complete(language, 'const other: Us|')).toEqual(['User']);
    language.ran('const old = user', ['old']);
    language.ran('let user = 5', ['user']);
    expect(await complete(language, 'user.toF|')).toEqual(['toFixed']);
    expect(await errors(language, 'old.name; user.name')).toEqual(['1:16 TS2339']);
    expect(await inspect(language, 'us|er')).toContain('let user: number');
  });

  test('what modules have and modules only is no error in a cell', async () => {
    const language = service();
    language.ran('let n = 1; class A {}', ['n', 'A']);
    expect(await errors(language, 'n = 2; n++; const later = await Promise.resolve(n)')).toEqual(
      []
    );
    expect(await errors(language, 'const n = n + 1; class A { a = 1 }')).toEqual([]);
    expect(await errors(language, '{ a: 1, b: n }', true)).toEqual([]);
    expect(
      await errors(language, 'function f(x) { return x }; for (var i = 0; i < 1; i++);')
    ).toEqual([]);
    expect(await errors(language, 'const x: string = 1;\nnull.y')).toEqual([
      '1:7 TS2322',
      '2:1 TS18050'
    ]);
  });

  test('a local file that is edited is seen anew', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'local.ts'), 'export const one = 1;');
    const language = service(folder);
    const code = "import { one } from './local';\none.toFixed();";
    language.ran(code, ['one']);
    expect(await errors(language, code)).toEqual([]);
    writeFileSync(path.join(folder, 'local.ts'), 'export const one = "a text of another length";');
    expect(await errors(language, code)).toEqual(['2:5 TS2551']);
    expect(await complete(language, "import x from './|'")).toContain('local');
  });

  test('what the kernel and Node bring is known', async () => {
    const language = service();
    expect(await complete(language, "(await chat('x')).rep|")).toEqual(['replies']);
    expect(await inspect(language, 'bot.st|art')).toContain('Makes sure that the bot runs');
    expect(await inspect(language, 'cha|t')).toContain('Says something to the bot');
    expect(
      await errors(language, "import fs from 'node:fs'; fs.readFileSync(process.cwd()); fetch('x')")
    ).toEqual([]);
    expect(await errors(language, 'document.title')).toEqual(['1:1 TS2584']);
  });
});

test('the call around the cursor, with its parameter', async () => {
  const language = service();
  language.ran('/** Adds. */\nfunction add(a: number, b: number) { return a + b }', ['add']);
  const markdown = await inspect(language, 'add(1, |)');
  expect(markdown).toContain('add(a: number, b: number): number');
  expect(markdown).toContain('**`b: number`**');
  expect(markdown).toContain('Adds.');
});

test('a type is explained by its name alone', async () => {
  const language = service();
  language.ran('/** A person. */\ninterface Person { name: string }', []);
  expect(await inspect(language, 'Pers|on')).toContain('A person.');
});

test('the source of a skill knows `chatops`, in a folder that does not exist yet', async () => {
  const language = service();
  const file = path.join(temporaryFolder(), 'skills', 'hello', 'index.ts');
  const head = "import { matchRegex } from 'chatops';\n";
  const handler = 'matchRegex(/x/, async (bot, config, message) => message.';
  expect(await complete(language, `${head}${handler}resp|)`, file)).toEqual(['respond']);
  const problems = await language.check({ code: `${head}matchRegex(5)`, file });
  expect(problems?.map(({ line }) => line)).toEqual([2]);
});

test('a server that dies is started again', async () => {
  const language = service();
  language.ran('const kept = 1', ['kept']);
  expect(await complete(language, 'kep|')).toEqual(['kept']);
  const first = language.pid!;
  process.kill(first, 'SIGKILL');
  await expect.poll(() => language.pid).toBeUndefined();
  expect(await complete(language, 'kep|')).toEqual(['kept']);
  expect(language.pid).not.toBe(first);
});

test('without TypeScript nothing is told, and nothing waits', async () => {
  const folder = temporaryFolder();
  const language = new LanguageService({
    folder,
    beside: folder,
    types: { skill: folder, kernel: folder }
  });
  expect(language.version).toBeUndefined();
  expect(await language.complete({ code: 'a' }, 1)).toBeUndefined();
  expect(await language.check({ code: 'a' })).toBeUndefined();
});
