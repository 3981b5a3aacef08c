import { existsSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, Stamp } from './fingerprint.mjs';
import { root, tools } from './folders.mjs';
import { npm } from './packages.mjs';

const inputs = [
  'src',
  'style',
  'schema',
  'workshop',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'webpack.config.js'
];
const outputs = ['dist/chatops.cjs', 'labextension/package.json'];

/**
 * Builds the bot, the kernel and the JupyterLab extension if their sources changed.
 *
 * @param {import('./log.mjs').Log} log
 * @returns {Promise<string | void>} a remark when there is nothing to do
 */
export async function build(log) {
  const stamp = new Stamp(path.join(tools, 'build.stamp'));
  const sources = fingerprint(root, inputs);
  if (stamp.matches(sources) && outputs.every(file => existsSync(path.join(root, file)))) {
    return 'up to date';
  }
  await stamp.around(sources, async () => {
    await log.run(...npm('run', 'build'));
  });
}
