import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from './setup/build.mjs';
import { PythonEnvironment } from './setup/environment.mjs';
import { root, tools } from './setup/folders.mjs';
import { CommandError, Log } from './setup/log.mjs';
import { installPackages } from './setup/packages.mjs';
import { Problem } from './setup/problem.mjs';
import { Progress } from './setup/progress.mjs';
import { findPython } from './setup/python.mjs';
import { chromium } from './test/chromium.mjs';
import { databases } from './test/databases.mjs';
import { describe, readReport, total } from './test/report.mjs';
import { choose, reportFile } from './test/suites.mjs';

const progress = new Progress();
const environment = new PythonEnvironment(path.join(tools, 'venv'));
/** @type {string | undefined} */
let browser;

/** @type {Record<import('./test/suites.mjs').Need, [string, (log: Log) => Promise<string | void>]>} */
const setUp = {
  packages: ['npm packages', installPackages],
  build: ['Build', build],
  python: [
    'JupyterLab and testing kits from PyPI',
    log => environment.install(findPython(), path.join(root, 'scripts/test/requirements.txt'), log)
  ],
  wheel: ['ChatOps for JupyterLab', log => environment.installWheel(log)],
  databases: [
    'Database servers',
    log => databases((command, parameters) => log.run(command, parameters), environment.python)
  ],
  chromium: [
    'Chromium',
    async log => {
      browser = await chromium((command, parameters) => log.run(command, parameters));
    }
  ]
};

/** What was set up so far, and how that went. @type {Map<string, Promise<unknown>>} */
const done = new Map();

/**
 * Sets up what a suite needs, once for all of them.
 *
 * @param {import('./test/suites.mjs').Need[]} needs
 * @param {Log} log
 */
async function prepare(needs, log) {
  for (const need of needs) {
    if (need === 'databases') {
      // One of them is installed by pip.
      await prepare(['python'], log);
    }
    const [title, work] = setUp[need];
    if (!done.has(need)) {
      done.set(
        need,
        progress.step(title, () => work(log))
      );
    }
    await done.get(need);
  }
}

/**
 * Runs one suite.
 *
 * @param {import('./test/suites.mjs').Suite} suite
 * @param {Log} log
 * @returns {Promise<import('./test/report.mjs').Counts>}
 */
async function run(suite, log) {
  const report = reportFile(suite);
  rmSync(report, { force: true });
  let endedWell = true;
  try {
    await prepare(suite.needs, log);
    const command = suite.command(report, environment.python);
    if (command) {
      await log.run(...command, { env: variables(suite, report), echo: true });
    }
  } catch (error) {
    endedWell = false;
    explain(error);
  }
  return suite.format
    ? readReport(report, suite.format, endedWell)
    : { passed: 0, failed: endedWell ? 0 : 1, skipped: 0 };
}

/**
 * @param {import('./test/suites.mjs').Suite} suite
 * @param {string} report
 */
function variables({ needs }, report) {
  return {
    ...(needs.includes('python') ? environment.variables() : process.env),
    ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
    ...(browser && { CHATOPS_CHROMIUM: browser }),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report
  };
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof CommandError) {
    // What a suite writes has been shown; what set-up writes has not, the first time.
    console.error(error.shown ? error.message : `${error.output}\n${error.message}`);
    error.shown = true;
  } else {
    console.error(error instanceof Problem ? error.message : error);
  }
}

async function main() {
  const chosen = choose(process.argv.slice(2));
  mkdirSync(path.join(tools, 'reports'), { recursive: true });
  const log = new Log(path.join(tools, 'test.log'));
  const results = [];
  for (const suite of chosen) {
    console.log(`\n━━ ${suite.name}`);
    const start = performance.now();
    const counts = await run(suite, log);
    const seconds = `${((performance.now() - start) / 1000).toFixed(0)} s`;
    const outcome = suite.format ? describe(counts) : counts.failed > 0 ? 'failed' : 'passed';
    results.push({ name: suite.name, counts, line: `${outcome}  (${seconds})` });
    console.log(`━━ ${suite.name}: ${outcome}  (${seconds})`);
  }
  const sum = total(results.map(({ counts }) => counts));
  console.log();
  for (const { name, line } of results) {
    console.log(`${name.padEnd(12)}${line}`);
  }
  console.log(`\n${describe(sum)}`);
  process.exitCode = sum.failed > 0 ? 1 : 0;
}

main().catch(error => {
  explain(error);
  process.exitCode = 1;
});
