import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { build } from '../scripts/setup/build.mjs';
import { PythonEnvironment } from '../scripts/setup/environment.mjs';
import { root, tools } from '../scripts/setup/folders.mjs';
import { Log } from '../scripts/setup/log.mjs';
import { installPackages } from '../scripts/setup/packages.mjs';
import { Progress } from '../scripts/setup/progress.mjs';
import { findPython } from '../scripts/setup/python.mjs';
import { suites } from './suites.mjs';

const results = path.join(root, 'bench/RESULTS.md');

/** Sets everything up, measures, and writes the figures into RESULTS.md. */
async function main() {
  const wanted = process.argv.slice(2);
  const chosen = suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  if (chosen.length === 0) {
    throw new Error(
      `There is no such suite. These are there: ${suites.map(({ name }) => name).join(', ')}.`
    );
  }
  const log = new Log(path.join(tools, 'bench.log'));
  const progress = new Progress();
  const environment = new PythonEnvironment(path.join(tools, 'venv'));
  await progress.step('npm packages', () => installPackages(log));
  await progress.step('Build', () => build(log));
  await progress.step('JupyterLab from PyPI', () =>
    environment.install(findPython(), path.join(root, 'scripts/test/requirements.txt'), log)
  );
  await progress.step('ChatOps for JupyterLab', () => environment.installWheel(log));
  for (const suite of chosen) {
    let output = '';
    await progress.step(`Measuring: ${suite.name}`, async () => {
      const command = suite.command(environment.python);
      output = await log.run(...command, { env: environment.variables() });
    });
    /** @type {import('./suites.mjs').Figures} */
    const figures = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    const section = format(suite.name, figures);
    console.log(`\n${section}`);
    keep(suite.name, section);
  }
}

/**
 * @param {string} name
 * @param {import('./suites.mjs').Figures} figures
 */
function format(name, { title, runs, columns, rows }) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const table = [['', ...columns], columns.map(() => '---:'), ...rows];
  table[1]?.unshift('---');
  return [
    `## ${title}`,
    '',
    `\`npm run bench -- ${name}\`, ${runs} runs, ${new Date().toISOString().slice(0, 10)}, ` +
      `ChatOps ${version}, Node ${process.versions.node}, ${machine}.`,
    '',
    ...table.map(cells => `| ${cells.join(' | ')} |`),
    ''
  ].join('\n');
}

/**
 * Puts a section in the place of the one with the same command, or at the end.
 *
 * @param {string} name
 * @param {string} section
 */
function keep(name, section) {
  const [head = '', ...sections] = readFileSync(results, 'utf8').split(/^(?=## )/m);
  const others = sections.filter(text => !text.includes(`\`npm run bench -- ${name}\``));
  writeFileSync(results, [head, ...others, section].map(text => text.trim()).join('\n\n') + '\n');
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
