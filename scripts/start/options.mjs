import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../setup/folders.mjs';
import { Problem } from '../setup/problem.mjs';

export const help = `Sets everything up and opens JupyterLab with ChatOps on a workspace folder.

Usage: npm start [-- [FOLDER] [OPTIONS]]

  FOLDER         the workspace, made if it does not exist; default: workspace
  --port N       the port of JupyterLab; default: 8888 or the next free one
  --no-browser   print the address and open no browser
  --help         show this help

Everything is installed inside this folder: node_modules, .venv and .tools.
To start afresh, remove them.
`;

/**
 * What `npm start` was asked for.
 *
 * @typedef {object} Options
 * @property {string} workspace - an absolute path
 * @property {number | undefined} port
 * @property {boolean} browser
 * @property {boolean} help
 */

/**
 * Reads the command line.
 *
 * @param {string[]} parameters - what follows the script's name
 * @param {string} folder - where the person was when they typed them
 * @returns {Options}
 * @throws {Problem}
 */
export function readOptions(parameters, folder) {
  const { values, positionals } = parse(parameters);
  if (positionals.length > 1) {
    throw new Problem(`One workspace folder at a time, not ${positionals.length}: see --help.`);
  }
  const [workspace] = positionals;
  return {
    workspace: workspace ? path.resolve(folder, workspace) : path.join(root, 'workspace'),
    port: readPort(values.port),
    browser: !values['no-browser'],
    help: values.help ?? false
  };
}

/** @param {string[]} parameters */
function parse(parameters) {
  try {
    return parseArgs({
      args: parameters,
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        'no-browser': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' }
      }
    });
  } catch (error) {
    throw new Problem(`${/** @type {Error} */ (error).message.split('. ')[0]}: see --help.`);
  }
}

/** @param {string | undefined} text */
function readPort(text) {
  if (text === undefined) {
    return undefined;
  }
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Problem(`--port takes a number from 1 to 65535, not ${text}.`);
  }
  return port;
}
