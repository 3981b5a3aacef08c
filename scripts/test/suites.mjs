import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root, tools } from '../setup/folders.mjs';
import { npm } from '../setup/packages.mjs';
import { Problem } from '../setup/problem.mjs';

/**
 * What a suite needs before it can run.
 *
 * - `packages`: the npm packages
 * - `build`: the bot, the kernel and the JupyterLab extension
 * - `python`: a Python environment with JupyterLab and the testing kits
 * - `wheel`: our wheel, installed in that environment
 * - `databases`: Redis, PostgreSQL and MongoDB, as far as they can be had
 * - `chromium`: a browser
 *
 * @typedef {'packages' | 'build' | 'python' | 'wheel' | 'databases' | 'chromium'} Need
 */

/**
 * One line of `npm test`.
 *
 * @typedef {object} Suite
 * @property {string} name - what it is called on the command line
 * @property {Need[]} needs
 * @property {import('./report.mjs').Format | undefined} format - of its report; a check has none
 * @property {(report: string, python: string) => [string, string[]] | undefined} command -
 *   none when its needs are all there is to it
 * @property {() => boolean} exists
 * @property {boolean} [onRequest] - it runs only when it is named
 */

/** Every suite, in the order in which they run: what fails fastest first. */
export const suites = [
  check('lint', () => npm('run', 'lint')),
  { ...check('build', () => undefined), needs: /** @type {Need[]} */ (['packages', 'build']) },
  // Some programs of the bench use what was built, as their peers are used.
  {
    ...check('types', () => [
      process.execPath,
      [installed('typescript/bin/tsc'), '-p', 'tsconfig.tests.json']
    ]),
    needs: /** @type {Need[]} */ (['packages', 'build'])
  },
  suite(
    'unit',
    ['packages', 'build', 'databases'],
    'vitest',
    hasFiles('tests', /\.test\.tsx?$/),
    report => [
      process.execPath,
      [
        installed('vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`
      ]
    ]
  ),
  pytest('relay', ['packages', 'build', 'python'], 'tests/jupyterlab_chatops'),
  // Most of its time goes by waiting for kernels to start and to end.
  pytest('kernel', ['packages', 'build', 'python', 'wheel'], 'tests/kernel', [
    '--numprocesses=2',
    '--dist=loadfile'
  ]),
  pytest('packaging', ['packages', 'build', 'python'], 'tests/packaging'),
  pytest('start', ['packages', 'build', 'python'], 'tests/scripts'),
  pytest('notebooks', ['packages', 'build', 'python', 'wheel'], 'tests/workshop'),
  playwright('browser', 'ui-tests/playwright.config.ts'),
  {
    ...suite(
      'soak',
      ['packages', 'build'],
      'vitest',
      hasFiles('tests/soak', /\.test\.ts$/),
      report => [
        process.execPath,
        [
          installed('vitest/vitest.mjs'),
          'run',
          '--config=vitest.soak.config.ts',
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${report}`
        ]
      ]
    ),
    onRequest: true
  },
  { ...playwright('screenshots', 'ui-tests/screenshots.config.ts'), onRequest: true }
];

/**
 * The suites that were asked for, or all that do not wait to be named; only those whose tests exist.
 *
 * @param {string[]} names
 * @param {Suite[]} [all]
 * @returns {Suite[]}
 * @throws {Problem}
 */
export function choose(names, all = suites) {
  const existing = all.filter(suite => suite.exists());
  for (const name of names) {
    if (!existing.some(suite => suite.name === name)) {
      const known = existing.map(suite => suite.name).join(', ');
      throw new Problem(`There is no suite named ${name}. The suites are: ${known}.`);
    }
  }
  return existing.filter(({ name, onRequest }) =>
    names.length === 0 ? !onRequest : names.includes(name)
  );
}

/**
 * @param {string} name
 * @param {Need[]} needs
 * @param {import('./report.mjs').Format | undefined} format
 * @param {() => boolean} exists
 * @param {Suite['command']} command
 * @returns {Suite}
 */
function suite(name, needs, format, exists, command) {
  return { name, needs, format, exists, command };
}

/**
 * @param {string} name
 * @param {Suite['command']} command
 */
function check(name, command) {
  return suite(name, ['packages'], undefined, () => true, command);
}

/**
 * @param {string} name
 * @param {Need[]} needs
 * @param {string} folder
 * @param {string[]} [options]
 */
function pytest(name, needs, folder, options = []) {
  const exists = hasFiles(folder, /^test_.*\.py$/);
  return suite(name, needs, 'junit', exists, (report, python) => [
    python,
    ['-m', 'pytest', folder, ...options, `--junitxml=${report}`]
  ]);
}

/**
 * @param {string} name
 * @param {string} config
 */
function playwright(name, config) {
  /** @type {Need[]} */
  const needs = ['packages', 'build', 'python', 'wheel', 'chromium'];
  const exists = () => existsSync(path.join(root, config));
  return suite(name, needs, 'playwright', exists, () => [
    process.execPath,
    [installed('@playwright/test/cli.js'), 'test', '-c', config, '--reporter=list,json']
  ]);
}

/**
 * @param {string} folder
 * @param {RegExp} pattern
 */
function hasFiles(folder, pattern) {
  const place = path.join(root, folder);
  return () =>
    existsSync(place) &&
    readdirSync(place, { recursive: true, encoding: 'utf8' }).some(file =>
      pattern.test(path.basename(file))
    );
}

/** @param {string} file */
function installed(file) {
  return path.join(root, 'node_modules', file);
}

/** @param {Suite} suite */
export function reportFile({ name, format }) {
  return path.join(tools, 'reports', `${name}.${format === 'junit' ? 'xml' : 'json'}`);
}
