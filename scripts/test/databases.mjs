import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root, tools } from '../setup/folders.mjs';
import { installFromDebian, system as debian } from './debian.mjs';

/** Where a MongoDB server is kept; the tests look for it there. */
const mongoFolder = path.join(tools, 'mongodb');

const mongod = path.join(mongoFolder, 'fiftyone/db/bin/mongod');

/** The part of the system that the search looks at; tests bring their own. */
export const system = {
  ...debian,
  variables: process.env,
  exists: existsSync,
  list: /** @param {string} folder */ folder => (existsSync(folder) ? readdirSync(folder) : [])
};

/**
 * @typedef {object} Database
 * @property {string} name
 * @property {string} variable - may name its program
 * @property {string} program
 * @property {string[]} packages - of Debian
 * @property {string[]} [folders] - where its program may be besides the PATH
 */

/** @param {typeof system} on @returns {Database[]} */
const fromDebian = on => [
  {
    name: 'Redis',
    variable: 'CHATOPS_REDIS_SERVER',
    program: 'redis-server',
    packages: ['redis-server']
  },
  {
    name: 'PostgreSQL',
    variable: 'CHATOPS_POSTGRES',
    program: 'postgres',
    packages: ['postgresql'],
    // Debian keeps the server itself off the PATH.
    folders: on.list('/usr/lib/postgresql').map(name => `/usr/lib/postgresql/${name}/bin`)
  }
];

/**
 * Installs the database servers that the tests start: Redis and PostgreSQL from Debian, MongoDB, which
 * Debian does not have, from PyPI. Where one cannot be had, its tests are skipped and say so.
 *
 * @param {(command: string, parameters: string[]) => Promise<unknown>} run
 * @param {string} python - of an environment with pip
 * @returns {Promise<string | void>} which are missing
 */
export async function databases(run, python, on = system) {
  const missing = () => fromDebian(on).filter(database => !isThere(database, on));
  if (missing().length > 0) {
    const packages = missing().flatMap(database => database.packages);
    await installFromDebian(packages, run, on).catch(() => false);
  }
  const names = missing().map(({ name }) => name);
  if (!(await mongo(run, python, on))) {
    names.push('MongoDB');
  }
  return names.length > 0 ? `without ${names.join(' and ')}: those tests are skipped` : undefined;
}

/**
 * True when there is a MongoDB server in the end.
 *
 * @param {(command: string, parameters: string[]) => Promise<unknown>} run
 * @param {string} python
 * @param {typeof system} on
 */
async function mongo(run, python, on) {
  const program = {
    variable: 'CHATOPS_MONGOD',
    program: 'mongod',
    folders: [path.dirname(mongod)]
  };
  if (isThere(program, on)) {
    return true;
  }
  const requirements = path.join(root, 'scripts/test/mongodb.txt');
  try {
    const install = [
      '-m',
      'pip',
      'install',
      '--no-deps',
      '--only-binary=:all:',
      '--require-hashes'
    ];
    await run(python, [...install, '--target', mongoFolder, '--requirement', requirements]);
    if (!on.works(mongod, ['--version'])) {
      // It is linked against these.
      await installFromDebian(['libcurl4', 'libssl3'], run, on);
    }
  } catch {
    // There is none for this system, or PyPI cannot be reached; the log has it.
  }
  return isThere(program, on);
}

/**
 * @param {Pick<Database, 'variable' | 'program' | 'folders'>} database
 * @param {typeof system} on
 */
function isThere({ variable, program, folders = [] }, on) {
  const named = on.variables[variable];
  const searched = [...folders, ...(on.variables.PATH ?? '').split(path.delimiter).filter(Boolean)];
  const candidates = named ? [named] : searched.map(folder => path.join(folder, program));
  return candidates.some(file => on.exists(file) && on.works(file, ['--version']));
}
