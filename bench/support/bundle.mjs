import path from 'node:path';
import webpack from 'webpack';
import { root, tools } from '../../scripts/setup/folders.mjs';

/**
 * Makes a program of ours run that imports what `tsc` wrote into `lib/`, which Node alone cannot.
 *
 * @param {string} entry - relative to the checkout.
 * @returns {Promise<string>} the file to run.
 */
export function bundle(entry) {
  const folder = path.join(tools, 'bench');
  const filename = `${path.basename(entry, '.mjs')}.mjs`;
  const compiler = webpack({
    mode: 'production',
    target: 'node20.19',
    context: root,
    entry: path.join(root, entry),
    experiments: { outputModule: true },
    output: { path: folder, filename, library: { type: 'module' }, chunkFormat: 'module' },
    module: {
      rules: [{ test: /\.m?js$/, resolve: { fullySpecified: false } }],
      parser: { javascript: { createRequire: false } }
    },
    optimization: { minimize: false },
    node: false,
    performance: false
  });
  return new Promise((resolve, reject) => {
    compiler?.run((error, stats) => {
      if (error || stats?.hasErrors()) {
        reject(error ?? new Error(stats?.toString('errors-only')));
      } else {
        resolve(path.join(folder, filename));
      }
    });
  });
}
