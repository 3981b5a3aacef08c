import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Configuration } from '../../../src/bot/config';
import { FileMemory, openMemory, SqliteMemory } from '../../../src/bot/memory';
import { ProcessMemory, type MemoryStore } from '../../../src/engine';
import type { ErrorRecord } from '../../../src/protocol';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder';

/** The memory that a configuration asks for, and what is told of it. */
async function opened(
  yaml: string,
  options: { workspace?: string; packageFolders?: string[] } = {}
): Promise<{ store: MemoryStore; troubles: ErrorRecord[]; workspace: string }> {
  const { workspace = temporaryFolder() } = options;
  const { values, errors, warnings } = Configuration.parse(yaml, 'configuration.yaml', {});
  const troubles: ErrorRecord[] = [...errors, ...warnings];
  const store = await openMemory(values.databases, {
    workspace,
    packageFolders: [workspace],
    ...options,
    onTrouble: error => troubles.push(error)
  });
  onTestFinished(() => store.close());
  return { store, troubles, workspace };
}

/** The packages of this checkout. */
const here = { packageFolders: [process.cwd()] };

describe('a configuration', () => {
  test.each(['', 'databases:\n', 'databases: {}\n', 'databases: []\n', 'databases:\n  - file\n'])(
    'keeps memory in the workspace unless it says something else: %j',
    async yaml => {
      const { store, troubles, workspace } = await opened(yaml);
      expect(store).toBeInstanceOf(FileMemory);
      await store.put('global', 'a', '1');
      expect(existsSync(path.join(workspace, '.chatops/memory'))).toBe(true);
      expect(troubles).toEqual([]);
    }
  );

  test.each([
    'databases:\n  sqlite:\n    path: data/bot.db\n    table: opsdroid\n',
    'databases:\n  - name: sqlite\n    path: data/bot.db\n',
    'databases:\n  - sqlite:\n      file: data/bot.db\n',
    'databases:\n  redis:\n    enabled: false\n  sqlite:\n    path: data/bot.db\n'
  ])('may be written in each of opsdroid’s styles: %j', async yaml => {
    const { store, troubles, workspace } = await opened(yaml, here);
    expect(store).toBeInstanceOf(SqliteMemory);
    await store.put('global', 'a', '1');
    expect(existsSync(path.join(workspace, 'data/bot.db'))).toBe(true);
    expect(troubles).toEqual([]);
  });

  test.each(['databases: [memory]', 'databases: [inmem]', 'databases:\n  memory:\n'])(
    'may keep memory for as long as the bot runs: %j',
    async yaml => {
      const { store, workspace } = await opened(yaml);
      expect(store).toBeInstanceOf(ProcessMemory);
      expect(existsSync(path.join(workspace, '.chatops'))).toBe(false);
    }
  );

  test.each(['redis', 'mongodb', 'postgres'])(
    'opens %s without waiting for its server',
    async name => {
      const { store, troubles } = await opened(
        `databases:\n  ${name}:\n    host: 127.0.0.1\n    port: "1"\n`,
        here
      );
      expect(troubles).toEqual([]);
      await expect(store.get('global', 'a')).rejects.toMatchObject({
        code: 'CHATOPS_MEMORY_UNAVAILABLE'
      });
    },
    30_000
  );
});

describe('a database that cannot be opened', () => {
  /** It says so at once, and to everyone who wants to remember something. */
  async function refused(yaml: string, options = {}): Promise<ErrorRecord> {
    const { store, troubles } = await opened(yaml, options);
    expect(troubles).toHaveLength(1);
    const { code } = troubles[0]!;
    await expect(store.get('global', 'a')).rejects.toMatchObject({ code });
    await expect(store.put('global', 'a', '1')).rejects.toMatchObject({ code });
    await expect(store.delete('global', 'a')).rejects.toMatchObject({ code });
    await expect(store.list('global')).rejects.toMatchObject({ code });
    return troubles[0]!;
  }

  test('is one that nobody knows', async () => {
    expect(await refused('databases: [sqlit]')).toMatchObject({
      code: 'CHATOPS_MEMORY_UNKNOWN',
      message: 'There is no database named `sqlit` (did you mean `sqlite`?).'
    });
    expect((await refused('databases:\n  matrix:\n')).message).toContain(
      'bot.memory.room(message)'
    );
  });

  test.each([
    ['redis', 'redis'],
    ['postgresql', 'pg'],
    ['mongo', 'mongodb']
  ])('lacks its package: %s', async (name, needed) => {
    const workspace = temporaryFolder();
    expect(await refused(`databases: [${name}]`, { workspace })).toMatchObject({
      code: 'CHATOPS_PACKAGE_MISSING',
      hint: `Run \`npm install ${needed}\` in ${workspace}, then say \`reload\`.`
    });
  });

  test('has a package that does not load', async () => {
    const workspace = temporaryFolder();
    writeFiles(workspace, {
      'node_modules/redis/package.json': '{"name":"redis","main":"index.js"}',
      'node_modules/redis/index.js': 'throw new Error("made for another Node")'
    });
    expect((await refused('databases: [redis]', { workspace })).message).toBe(
      'The database `redis` cannot be reached: made for another Node.'
    );
  });

  test.each([
    ['redis:\n    port: high', '`redis.port` must be a number.'],
    ['redis:\n    password:', '`redis.password` must be a text.'],
    ['redis:\n    prefix: "{a}"', '`redis.prefix` must not hold braces.'],
    ['postgresql:\n    table: "a; drop table b"', /^`postgresql.table` must be letters, digits/],
    ['mongo:\n    protocol: http', '`mongo.protocol` must be mongodb or mongodb+srv.']
  ])('is configured wrongly: %j', async (yaml, message) => {
    expect(await refused(`databases:\n  ${yaml}\n`)).toMatchObject({
      code: 'CHATOPS_CONFIG_INVALID',
      message: typeof message === 'string' ? message : expect.stringMatching(message)
    });
  });

  test.each([
    ['redis', 'redis:/:s3cret/word@host:nowhere'],
    ['redis', 'redis://:s3cret/word@host:nowhere'],
    ['mongo', 'mongodb://ann:s3cret/word@'],
    ['mongo', 'mongodb://ann:s3cret%2@a b:1']
  ])('has an address that is none, whose password stays secret: %s %s', async (name, url) => {
    const { store, troubles } = await opened(`databases:\n  ${name}:\n    url: "${url}"\n`, here);
    const error: unknown = await store.get('global', 'a').catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'CHATOPS_MEMORY_UNAVAILABLE' });
    expect(JSON.stringify([troubles, error]) + String((error as Error).stack)).not.toContain(
      's3cret'
    );
  });

  test('is in a folder that cannot be written', async () => {
    const workspace = temporaryFolder({ occupied: '' });
    expect(await refused('databases:\n  file:\n    path: occupied\n', { workspace })).toMatchObject(
      {
        code: 'CHATOPS_MEMORY_UNAVAILABLE'
      }
    );
  });
});

test('a key that nobody knows is told, and the rest holds', async () => {
  const { store, troubles } = await opened('databases:\n  file:\n    pat: x\n');
  expect(troubles).toMatchObject([
    { code: 'CHATOPS_CONFIG_UNKNOWN_KEY', message: expect.stringContaining('`databases.file.pat`') }
  ]);
  expect(store).toBeInstanceOf(FileMemory);
});

test('of several databases the first is used, and the others are named', async () => {
  const { store, troubles } = await opened('databases: [memory, redis, sqlite]');
  expect(store).toBeInstanceOf(ProcessMemory);
  expect(troubles).toMatchObject([
    {
      code: 'CHATOPS_MEMORY_SEVERAL',
      message: 'There are several databases; `memory` is used, and not: `redis`, `sqlite`.'
    }
  ]);
});
