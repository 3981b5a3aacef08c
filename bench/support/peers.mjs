import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PythonEnvironment } from '../../scripts/setup/environment.mjs';
import { Stamp } from '../../scripts/setup/fingerprint.mjs';
import { tools } from '../../scripts/setup/folders.mjs';
import { npm } from '../../scripts/setup/packages.mjs';
import { findPython } from '../../scripts/setup/python.mjs';

/**
 * Something that we are measured beside.
 *
 * @typedef {object} Peer
 * @property {string} title
 * @property {'npm' | 'PyPI'} registry
 * @property {string} [name] - of its package, where it is not its key here.
 * @property {string} version
 * @property {string[]} [build] - what it is built with, where the newest will not do.
 */

/**
 * One that was installed, or why it could not be.
 *
 * @typedef {object} InstalledPeer
 * @property {string} title
 * @property {string} version
 * @property {string} folder - an npm package's, or a Python environment.
 * @property {string} [python] - that environment's.
 * @property {string} [missing] - why it is not there.
 */

/** @type {Record<string, Peer>} */
export const peers = {
  hubot: { title: 'Hubot', registry: 'npm', version: '14.1.0' },
  grammy: { title: 'grammY', registry: 'npm', version: '1.46.0' },
  bolt: { title: 'Bolt', registry: 'npm', name: '@slack/bolt', version: '5.1.0' },
  // It has no wheel, and imports from setuptools what later versions do not have, built and running.
  opsdroid: {
    title: 'opsdroid',
    registry: 'PyPI',
    version: '0.31.0',
    build: ['setuptools==80.9.0']
  },
  errbot: { title: 'Errbot', registry: 'PyPI', version: '6.2.1' },
  tslab: { title: 'tslab', registry: 'npm', version: '1.0.22' },
  deno: { title: 'Deno', registry: 'PyPI', version: '2.9.8' }
};

/**
 * Installs a peer as its users do, in a folder of its own; scripts of npm packages do not run.
 *
 * @param {string} key
 * @param {import('../../scripts/setup/log.mjs').Log} log
 * @returns {Promise<string | void>} a remark when there is nothing to do
 * @throws what the installation said.
 */
export async function installPeer(key, log) {
  const peer = definitionOf(key);
  return peer.registry === 'npm' ? fromNpm(key, peer, log) : fromPyPI(key, peer, log);
}

/**
 * Where a peer is.
 *
 * @param {string} key
 * @returns {InstalledPeer}
 */
export function installedPeer(key) {
  const { title, version, registry } = definitionOf(key);
  const folder = folderOf(key);
  const environment = registry === 'PyPI' ? new PythonEnvironment(folder) : undefined;
  return { title, version, folder, ...(environment && { python: environment.python }) };
}

/** @param {string} key */
function definitionOf(key) {
  const peer = peers[key];
  if (!peer) {
    throw new Error(`There is no peer named ${key}.`);
  }
  return peer;
}

/** @param {string} key */
function folderOf(key) {
  return path.join(tools, 'bench', key);
}

/**
 * @param {string} key
 * @param {Peer} peer
 * @param {import('../../scripts/setup/log.mjs').Log} log
 */
async function fromNpm(key, { name = key, version }, log) {
  const folder = folderOf(key);
  const stamp = new Stamp(path.join(folder, 'installed.stamp'));
  const wanted = `${name}@${version}`;
  if (stamp.matches(wanted)) {
    return 'up to date';
  }
  rmSync(folder, { recursive: true, force: true });
  await stamp.around(wanted, async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund'];
    await log.run(...npm('install', ...quietly, '--save-exact', '--prefix', folder, wanted));
  });
  return undefined;
}

/**
 * @param {string} key
 * @param {Peer} peer
 * @param {import('../../scripts/setup/log.mjs').Log} log
 */
async function fromPyPI(key, { name = key, version, build = [] }, log) {
  const wanted = path.join(tools, 'bench', `${key}.requirements.txt`);
  const constraints = path.join(tools, 'bench', `${key}.build.txt`);
  mkdirSync(path.dirname(wanted), { recursive: true });
  writeFileSync(wanted, `${name}==${version}\n`);
  writeFileSync(constraints, build.map(line => `${line}\n`).join(''));
  // Later versions of pip know the second, and the first no longer reaches what a package is built with.
  const environment = new PythonEnvironment(folderOf(key), {
    PIP_CONSTRAINT: constraints,
    PIP_BUILD_CONSTRAINT: constraints
  });
  return environment.install(findPython(), wanted, log);
}
