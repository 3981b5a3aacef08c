import path from 'node:path';
import { root } from '../scripts/setup/folders.mjs';

/**
 * A program that measures one thing and prints a {@link Figures} as its last line of JSON.
 *
 * @typedef {object} BenchSuite
 * @property {string} name - by which `npm run bench -- NAME` chooses it
 * @property {(python: string) => [program: string, parameters: string[]]} command
 */

/**
 * What a suite measured: a table whose first column names what was measured.
 *
 * @typedef {object} Figures
 * @property {string} title
 * @property {number} runs
 * @property {string[]} columns
 * @property {(string | number)[][]} rows
 */

/** @type {BenchSuite[]} */
export const suites = [
  {
    name: 'cell',
    command: python => [python, [path.join(root, 'bench/suites/cell_to_answer.py')]]
  },
  {
    name: 'panel',
    command: () => [process.execPath, [path.join(root, 'bench/suites/panel.mjs')]]
  },
  {
    name: 'kernel',
    command: python => [python, [path.join(root, 'bench/suites/kernel.py')]]
  }
];
