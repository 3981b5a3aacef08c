import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endProcess } from './end-process.mjs';

/** How long a suite may take: one that hangs must not keep the others from being measured. */
const LONGEST = 15 * 60_000;

/** How long it may take to end what it started, in milliseconds. */
const PATIENCE = 20_000;

/** A suite in a process of its own, so that nothing else disturbs what it measures. */
export class SuiteRun {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;

  /**
   * @param {string} program
   * @param {string} python - for programs in Python.
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(program, python, env) {
    this.program = program;
    this.python = python;
    this.env = env;
  }

  /**
   * Runs it to its end, and shows what it tells meanwhile.
   *
   * @param {import('../../scripts/setup/log.mjs').Log} log
   * @returns {Promise<import('./figures.mjs').Figures>}
   */
  async figures(log) {
    const runtime = this.program.endsWith('.py') ? this.python : process.execPath;
    log.write(`\n$ ${runtime} ${this.program}\n`);
    const child = spawn(runtime, [this.program], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: this.env
    });
    this.#child = child;
    let output = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
      log.write(text);
    });
    createInterface(child.stderr).on('line', line => {
      log.write(`${line}\n`);
      console.log(`  ${line}`);
    });
    const timer = setTimeout(() => void this.stop(), LONGEST);
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(code ?? signal));
    });
    clearTimeout(timer);
    if (code !== 0) {
      throw new Error(`the measuring ended with ${code}`);
    }
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  }

  /** Ends it. Resolves when it and what it started are gone. */
  async stop() {
    await endProcess(this.#child, PATIENCE);
  }
}
