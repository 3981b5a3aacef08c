import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from '../scripts/setup/build.mjs';
import { PythonEnvironment } from '../scripts/setup/environment.mjs';
import { root, tools } from '../scripts/setup/folders.mjs';
import { CommandError, Log } from '../scripts/setup/log.mjs';
import { installPackages } from '../scripts/setup/packages.mjs';
import { Problem } from '../scripts/setup/problem.mjs';
import { Progress } from '../scripts/setup/progress.mjs';
import { findPython } from '../scripts/setup/python.mjs';
import { section, withSection } from './support/figures.mjs';
import { installedPeer, installPeer } from './support/peers.mjs';
import { machine } from './support/processor.mjs';
import { SuiteRun } from './support/suite-run.mjs';
import { suites } from './suites.mjs';

const results = path.join(root, 'bench/RESULTS.md');
const raw = path.join(tools, 'bench');
const log = new Log(path.join(tools, 'bench.log'));
const progress = new Progress();
const environment = new PythonEnvironment(path.join(tools, 'venv'));
const isQuick = process.argv.includes('--quick');
/** @type {SuiteRun | undefined} */
let running;

/** Sets everything up, measures, and writes the figures into RESULTS.md. */
async function main() {
  const wanted = process.argv.slice(2).filter(word => word !== '--quick');
  const known = suites.map(({ name }) => name);
  const unknown = wanted.filter(name => !known.includes(name));
  if (unknown.length > 0) {
    throw new Problem(`There is no suite named ${unknown[0]}. There are: ${known.join(', ')}.`);
  }
  const chosen = suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  await setUp(chosen);
  const peers = await installPeers(chosen);
  let failed = false;
  for (const suite of chosen) {
    try {
      await measure(suite, peers);
    } catch (error) {
      failed = true;
      explain(error);
    }
  }
  process.exitCode = failed ? 1 : 0;
}

/** @param {import('./suites.mjs').BenchSuite[]} chosen */
async function setUp(chosen) {
  await progress.step('npm packages', () => installPackages(log));
  await progress.step('Build', () => build(log));
  if (chosen.some(({ needsJupyter }) => needsJupyter)) {
    await progress.step('JupyterLab from PyPI', () =>
      environment.install(findPython(), path.join(root, 'scripts/test/requirements.txt'), log)
    );
    await progress.step('ChatOps for JupyterLab', () => environment.installWheel(log));
    // Without one, IPython says so and makes itself a new one at each start of a kernel.
    mkdirSync(environment.variables().IPYTHONDIR ?? '', { recursive: true });
  }
}

/**
 * Installs what is measured beside us. One that cannot be had is left out, and the table says why.
 *
 * @param {import('./suites.mjs').BenchSuite[]} chosen
 */
async function installPeers(chosen) {
  /** @type {Record<string, import('./support/peers.mjs').InstalledPeer>} */
  const installed = {};
  for (const key of new Set(chosen.flatMap(({ peers }) => peers))) {
    const peer = installedPeer(key);
    installed[key] = peer;
    await progress
      .step(`${peer.title} ${peer.version}`, () => installPeer(key, log))
      .catch(error => {
        peer.missing = reasonOf(error);
        console.log(`  It is left out: ${peer.missing}`);
      });
  }
  return installed;
}

/**
 * @param {import('./suites.mjs').BenchSuite} suite
 * @param {Record<string, import('./support/peers.mjs').InstalledPeer>} peers
 */
async function measure({ name, program, needsJupyter }, peers) {
  console.log(`\nMeasuring: ${name}`);
  const began = performance.now();
  const samples = path.join(raw, `${name}.jsonl`);
  const circumstances = {
    date: new Date().toISOString().slice(0, 10),
    version: JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version,
    node: process.versions.node,
    machine: machine()
  };
  mkdirSync(raw, { recursive: true });
  rmSync(samples, { force: true });
  appendFileSync(samples, `${JSON.stringify({ suite: name, ...circumstances, peers })}\n`);
  running = new SuiteRun(program, needsJupyter ? environment.python : 'python3', {
    ...(needsJupyter ? environment.variables() : process.env),
    // Of a machine, not of what is measured: with more certificates Node reads all of them at each start.
    NODE_EXTRA_CA_CERTS: undefined,
    NODE_OPTIONS: undefined,
    BENCH_PEERS: JSON.stringify(peers),
    BENCH_RAW: samples,
    ...(isQuick && { BENCH_QUICK: '1', BENCH_RUNS: '20', BENCH_STARTS: '2', BENCH_LINES: '10000' })
  });
  const figures = await running.figures(log);
  appendFileSync(samples, `${JSON.stringify({ figures })}\n`);
  const text = section(name, figures, circumstances);
  console.log(`  ${((performance.now() - began) / 1000).toFixed(0)} s\n\n${text}`);
  if (!isQuick) {
    writeFileSync(results, withSection(readFileSync(results, 'utf8'), name, text));
  }
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof CommandError && !error.shown) {
    console.error(error.output);
  }
  console.error(error instanceof Problem || error instanceof CommandError ? error.message : error);
}

/**
 * Why something could not be installed, in a line.
 *
 * @param {unknown} error
 */
function reasonOf(error) {
  const output = error instanceof CommandError ? error.output : String(error);
  const lines = output.split('\n').map(line => line.trim());
  return lines.findLast(line => /error/i.test(line)) ?? lines.findLast(Boolean) ?? 'unknown';
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    log.stop();
    void Promise.resolve(running?.stop()).then(() => process.exit(1));
  });
}

main().catch(error => {
  explain(error);
  process.exitCode = 1;
});
