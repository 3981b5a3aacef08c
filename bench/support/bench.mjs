import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endProcess } from './end-process.mjs';

/** How long a program may take to end by itself before it is made to, in milliseconds. */
const PATIENCE = 10_000;

/** @typedef {import('./peers.mjs').InstalledPeer} InstalledPeer */

/**
 * The surroundings of a suite: what it is measured beside, and what has to be gone when it ends,
 * however it ends.
 */
export class Bench {
  /** @type {Set<import('node:child_process').ChildProcess>} */
  #children = new Set();
  /** @type {string[]} */
  #folders = [];
  /** For what programs leave behind when they are not let go in peace. @type {string | undefined} */
  #scratch;

  constructor() {
    /** True to see that it works rather than to measure. */
    this.isQuick = process.env.BENCH_QUICK !== undefined;
    /** @type {Record<string, InstalledPeer>} */
    this.peers = JSON.parse(process.env.BENCH_PEERS ?? '{}');
  }

  /**
   * Runs a suite and prints its figures as a line of JSON; ends the process.
   *
   * @param {(bench: Bench) => Promise<import('./figures.mjs').Figures>} suite
   */
  static async run(suite) {
    const bench = new Bench();
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => void bench.#end().then(() => process.exit(1)));
    }
    try {
      const figures = await suite(bench);
      console.log(JSON.stringify(figures));
    } catch (error) {
      console.error(error);
      process.exitCode = 1;
    }
    await bench.#end();
    process.exit();
  }

  /**
   * A number of runs: few to see that it works, all to measure.
   *
   * @param {number} quick
   * @param {number} full
   */
  amount(quick, full) {
    return this.isQuick ? quick : full;
  }

  /**
   * Shows what is being done.
   *
   * @param {string} text
   */
  remark(text) {
    process.stderr.write(`${text}\n`);
  }

  /**
   * Keeps something as it was measured.
   *
   * @param {object} sample
   */
  record(sample) {
    if (process.env.BENCH_RAW !== undefined) {
      appendFileSync(process.env.BENCH_RAW, `${JSON.stringify(sample)}\n`);
    }
  }

  /** A folder that is there until the suite ends. */
  folder() {
    const folder = mkdtempSync(path.join(tmpdir(), 'chatops-bench-'));
    this.#folders.push(folder);
    return folder;
  }

  /**
   * Starts a program that ends with the suite at the latest. What it writes to standard error is shown
   * unless `stdio` says otherwise.
   *
   * @param {readonly [program: string, parameters: readonly string[]]} command
   * @param {import('node:child_process').SpawnOptions} [options]
   */
  start([program, parameters], options = {}) {
    this.#scratch ??= this.folder();
    const scratch = { TMPDIR: this.#scratch, TEMP: this.#scratch, TMP: this.#scratch };
    const child = spawn(program, parameters, {
      stdio: ['ignore', 'ignore', 'inherit'],
      ...options,
      env: { ...(options.env ?? process.env), ...scratch }
    });
    this.#children.add(child);
    const forget = () => void this.#children.delete(child);
    child.on('exit', forget).on('error', forget);
    return child;
  }

  /**
   * Runs a program to its end.
   *
   * @param {readonly [program: string, parameters: readonly string[]]} command
   * @param {import('node:child_process').SpawnOptions} [options]
   * @returns {Promise<string>} what it wrote to standard output
   * @throws {Error} with the last it wrote to standard error, when it ended badly
   */
  async output(command, options = {}) {
    const child = this.start(command, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout?.setEncoding('utf8').on('data', text => (output += text));
    child.stderr?.setEncoding('utf8').on('data', text => (errors = (errors + text).slice(-4000)));
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(code ?? signal));
    });
    if (code !== 0) {
      throw new Error(errors.trim() || `it ended with ${code}`);
    }
    return output;
  }

  /**
   * Runs a program whose last line is what it measured.
   *
   * @template T
   * @param {readonly [program: string, parameters: readonly string[]]} command
   * @param {import('node:child_process').SpawnOptions} [options]
   * @returns {Promise<T>}
   */
  async measurement(command, options) {
    const output = await this.output(command, options);
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  }

  /**
   * Ends a program, by force where it does not end by itself.
   *
   * @param {import('node:child_process').ChildProcess} child
   */
  async stop(child) {
    await endProcess(child, PATIENCE);
  }

  async #end() {
    await Promise.all([...this.#children].map(child => this.stop(child)));
    for (const folder of this.#folders.splice(0)) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}
