import path from 'node:path';
import { root } from '../../scripts/setup/folders.mjs';
import { BotProcess } from './bot-process.mjs';
import { peerOf } from './contenders.mjs';
import { writeFiles } from './files.mjs';
import { hubotScripts, skillFiles } from './skill-files.mjs';
import { ready } from './starting.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */

/**
 * A server that runs.
 *
 * @typedef {object} RunningServer
 * @property {string} url
 * @property {import('node:child_process').ChildProcess} child
 * @property {number} began - when its process was started, as `performance.now()` counts.
 */

/**
 * Something that speaks through a websocket, with skills or without.
 *
 * @typedef {object} ServerKind
 * @property {string} title
 * @property {import('./dialects.mjs').DialectName} dialect
 * @property {(skills: number) => Promise<RunningServer>} start - resolves when it is ready.
 * @property {string} [missing] - why it cannot be had.
 */

/**
 * ChatOps, as `chatops serve` runs it.
 *
 * @param {Bench} bench
 * @returns {ServerKind}
 */
export function chatops(bench) {
  return {
    title: 'ChatOps',
    dialect: 'chatops',
    start: skills => BotProcess.start(bench, skillFiles(skills))
  };
}

/**
 * Hubot behind a minimal adapter for a websocket.
 *
 * @param {Bench} bench
 * @returns {ServerKind}
 */
export function hubot(bench) {
  const { title, version, folder, missing } = peerOf(bench.peers, 'hubot');
  return {
    title: `${title} ${version}`,
    dialect: 'hubot',
    start: skills => {
      const scripts = bench.folder();
      writeFiles(scripts, hubotScripts(skills));
      return program(bench, 'hubot-websocket.mjs', [scripts, folder]);
    },
    ...(missing !== undefined && { missing })
  };
}

/**
 * A server that says back what it is told.
 *
 * @param {Bench} bench
 * @returns {ServerKind}
 */
export function echo(bench) {
  return {
    title: 'a bare `ws` echo',
    dialect: 'echo',
    start: () => program(bench, 'echo.mjs', [])
  };
}

/**
 * @param {Bench} bench
 * @param {string} file
 * @param {string[]} parameters
 * @returns {Promise<RunningServer>}
 */
async function program(bench, file, parameters) {
  const socket = path.join(bench.folder(), 'socket');
  const began = performance.now();
  const child = bench.start(
    [process.execPath, [path.join(root, 'bench/peers', file), socket, ...parameters]],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }
  );
  await ready(child, file);
  return { url: `ws+unix:${socket}:/`, child, began };
}
