import { spawnSync } from 'node:child_process';
import { Problem } from './problem.mjs';

/**
 * The oldest Python that the relay runs on, as in pyproject.toml.
 *
 * @type {[number, number]}
 */
const oldest = [3, 10];

const probe = `
import importlib.util, json, sys
print(json.dumps({
    "version": list(sys.version_info[:3]),
    "hasVenv": all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
}))`;

/**
 * A Python that was found.
 *
 * @typedef {object} Python
 * @property {string[]} command - how it is called
 * @property {number[]} version
 * @property {boolean} hasVenv - false where Debian keeps `venv` in a package of its own
 */

/** The commands by which Python may be known, the most likely first. */
export const commands = [
  ...(process.platform === 'win32' ? [['py', '-3']] : []),
  ['python3'],
  ['python'],
  ...[14, 13, 12, 11, 10].map(minor => [`python3.${minor}`])
];

/**
 * Asks a command which Python it is.
 *
 * @param {string[]} command
 * @returns {Python | undefined} undefined when it is none
 */
function ask(command) {
  const [program = '', ...parameters] = command;
  const { status, stdout } = spawnSync(program, [...parameters, '-c', probe], {
    encoding: 'utf8',
    windowsHide: true
  });
  return status === 0 ? { command, ...JSON.parse(stdout) } : undefined;
}

/**
 * Finds a Python that is new enough and can make virtual environments.
 *
 * @param {(command: string[]) => Python | undefined} [examine]
 * @returns {Python}
 * @throws {Problem} that says what to install
 */
export function findPython(examine = ask) {
  /** @type {Python[]} */
  const found = [];
  for (const command of commands) {
    const python = examine(command);
    if (python) {
      if (isNewEnough(python) && python.hasVenv) {
        return python;
      }
      found.push(python);
    }
  }
  throw new Problem(advice(found));
}

/** @param {Python[]} found */
function advice(found) {
  const wish = `Python ${oldest.join('.')} or newer`;
  const incomplete = found.find(isNewEnough);
  if (incomplete) {
    const name = `python${incomplete.version.slice(0, 2).join('.')}`;
    return `Python ${incomplete.version.join('.')} lacks its venv module: install the package ${name}-venv (on Debian and Ubuntu: sudo apt install ${name}-venv).`;
  }
  const [old] = found;
  return old
    ? `ChatOps needs ${wish} and this is Python ${old.version.join('.')}: install it from https://www.python.org/downloads/.`
    : `ChatOps needs ${wish}: install it from https://www.python.org/downloads/.`;
}

/** @param {Python} python */
function isNewEnough({ version: [major = 0, minor = 0] }) {
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
