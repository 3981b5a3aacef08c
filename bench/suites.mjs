import path from 'node:path';
import { root } from '../scripts/setup/folders.mjs';

/**
 * A program that measures one thing and prints {@link import('./support/figures.mjs').Figures} as its
 * last line of JSON. What it writes to standard error is shown while it runs.
 *
 * @typedef {object} BenchSuite
 * @property {string} name - by which `npm run bench -- NAME` chooses it
 * @property {string} program - in `suites/`
 * @property {string[]} peers - what it is measured beside, by their keys in `support/peers.mjs`
 * @property {boolean} needsJupyter - whether it needs JupyterLab with our extension
 */

/** @type {BenchSuite[]} */
export const suites = [
  suite('engine', 'engine.mjs', ['hubot', 'grammy', 'bolt', 'errbot', 'opsdroid']),
  suite('websocket', 'websocket.mjs', ['hubot']),
  suite('reload', 'reload.mjs'),
  suite('retained', 'retained.mjs'),
  suite('memory', 'memory.mjs', ['hubot']),
  suite('start', 'start.mjs', ['hubot']),
  { ...suite('cell', 'cell_to_answer.py'), needsJupyter: true },
  { ...suite('kernel', 'kernel.py', ['tslab', 'deno']), needsJupyter: true },
  { ...suite('panel', 'panel.mjs'), needsJupyter: true }
];

/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} [peers]
 * @returns {BenchSuite}
 */
function suite(name, program, peers = []) {
  return { name, program: path.join(root, 'bench/suites', program), peers, needsJupyter: false };
}
