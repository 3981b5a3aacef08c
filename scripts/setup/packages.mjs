import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './folders.mjs';

/**
 * Installs the npm packages if what is installed differs from the lock file.
 *
 * @param {import('./log.mjs').Log} log
 * @returns {Promise<string | void>} a remark when there is nothing to do
 */
export async function installPackages(log) {
  const lock = read(path.join(root, 'package-lock.json'));
  const installed = read(path.join(root, 'node_modules/.package-lock.json'));
  if (lock && installed && fits(installed, lock)) {
    return 'up to date';
  }
  await log.run(...npm('ci', '--no-audit', '--no-fund'));
}

/**
 * @typedef {object} LockFile
 * @property {Record<string, { version?: string, integrity?: string, optional?: boolean }>} packages
 */

/**
 * True when every package of a lock file is installed; optional ones may be for another platform.
 *
 * @param {LockFile} installed - npm's own record inside `node_modules`
 * @param {LockFile} lock
 */
export function fits(installed, lock) {
  const wanted = Object.entries(lock.packages).filter(([place]) => place !== '');
  const surplus = Object.keys(installed.packages).filter(place => !(place in lock.packages));
  return (
    surplus.length === 0 &&
    wanted.every(([place, { version, integrity, optional }]) => {
      const found = installed.packages[place];
      return found ? found.version === version && found.integrity === integrity : optional;
    })
  );
}

/**
 * npm as a command: the one that runs this script, or the first on the PATH.
 *
 * @param {string[]} parameters
 * @returns {[string, string[]]}
 */
export function npm(...parameters) {
  const script = process.env.npm_execpath;
  return script ? [process.execPath, [script, ...parameters]] : ['npm', parameters];
}

/**
 * @param {string} file
 * @returns {LockFile | undefined}
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
