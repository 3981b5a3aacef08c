import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  findSqlite,
  nodeSqlite,
  packageSqlite,
  SqliteMemory,
  type OpenDatabase
} from '../../../src/bot/memory';
import { systemClock } from '../../../src/engine';
import { memoryContract } from '../../support/memory-contract';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder';

/** Every SQLite of this machine: Node's own from Node 22.13 on, and those of the packages. */
const drivers = Object.entries({
  'node:sqlite': nodeSqlite(),
  'better-sqlite3': packageSqlite('better-sqlite3', [process.cwd()]),
  libsql: packageSqlite('libsql', [process.cwd()])
}).filter((entry): entry is [string, OpenDatabase] => entry[1] !== undefined);

const table = 'chatops_memory';

test('there is an SQLite on this machine', () => {
  expect(drivers.length).toBeGreaterThan(0);
});

describe.each(drivers)('%s', (name, open) => {
  memoryContract(`SqliteMemory with ${name}`, () => {
    const file = path.join(temporaryFolder(), 'memory.sqlite');
    return async clock => SqliteMemory.open({ open, file, table, clock });
  });

  test('shares its file with another process, and takes back what failed halfway', async () => {
    const file = path.join(temporaryFolder(), 'memory.sqlite');
    const one = SqliteMemory.open({ open, file, table, clock: systemClock });
    const two = SqliteMemory.open({ open, file, table, clock: systemClock });
    onTestFinished(() => Promise.all([one.close(), two.close()]).then(() => undefined));
    const version = (await one.put('global', 'a', '1'))!;
    expect(await two.put('global', 'a', '2', { expected: 0 })).toBeUndefined();
    expect(await two.put('global', 'a', '2', { expected: version })).toBeGreaterThan(version);
    expect((await one.get('global', 'a'))?.value).toBe('2');
  });

  test('deletes what has expired from the file', async () => {
    const file = path.join(temporaryFolder(), 'memory.sqlite');
    let time = 1_000_000;
    const memory = SqliteMemory.open({ open, file, table, clock: { now: () => time } });
    onTestFinished(() => memory.close());
    await memory.put('global', 'a', '1', { expires: time + 1 });
    time += 3_600_000;
    await memory.put('global', 'b', '1');
    const database = open(file);
    expect(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()).toMatchObject({
      rows: 1
    });
    database.close();
  });

  test.each([
    ['that is no database', 'x'.repeat(5000)],
    ['that is a folder', undefined]
  ])('says what is wrong with a file %s', (_, content) => {
    const file = path.join(temporaryFolder(), 'memory.sqlite');
    if (content === undefined) {
      mkdirSync(file);
    } else {
      writeFileSync(file, content);
    }
    expect(() => SqliteMemory.open({ open, file, table, clock: systemClock })).toThrow(
      expect.objectContaining({ code: 'CHATOPS_MEMORY_UNAVAILABLE' })
    );
  });

  test('says that a table is another program’s', async () => {
    const file = path.join(temporaryFolder(), 'opsdroid.db');
    const database = open(file);
    database.exec('CREATE TABLE opsdroid (key text PRIMARY KEY, data text)');
    database.close();
    expect(() => SqliteMemory.open({ open, file, table: 'opsdroid', clock: systemClock })).toThrow(
      /column/
    );
  });
});

describe('findSqlite', () => {
  const nothing = undefined as never;

  test('prefers Node’s own', () => {
    const own: OpenDatabase = () => nothing;
    expect(findSqlite([], own)).toBe(own);
  });

  test('takes the package that is installed in the workspace', () => {
    const workspace = temporaryFolder();
    writeFiles(workspace, {
      'node_modules/better-sqlite3/package.json': '{"name":"better-sqlite3","main":"index.js"}',
      'node_modules/better-sqlite3/index.js':
        'module.exports = class { constructor(file) { this.opened = file; } };'
    });
    expect(findSqlite([workspace], null as never)('a.db')).toMatchObject({ opened: 'a.db' });
  });

  test('says what to install when there is none', () => {
    const workspace = temporaryFolder();
    expect(() => findSqlite([workspace], null as never)).toThrow(
      expect.objectContaining({
        code: 'CHATOPS_MEMORY_SQLITE',
        record: expect.objectContaining({
          hint: expect.stringContaining(`npm install libsql\` in ${workspace}`)
        })
      })
    );
  });
});
