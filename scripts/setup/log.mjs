import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './folders.mjs';

/** A command that did not end well. */
export class CommandError extends Error {
  /**
   * @param {string} command
   * @param {string} output - what it wrote, both streams
   * @param {number | string | null} code - its exit code, or the signal or error that ended it
   * @param {boolean} shown - whether its output has been shown already
   */
  constructor(command, output, code, shown) {
    super(`${command} ended with ${code}`);
    this.name = 'CommandError';
    this.output = output;
    this.shown = shown;
  }
}

/** Runs commands and keeps everything they write in a file. */
export class Log {
  /** @type {Set<import('node:child_process').ChildProcess>} */
  #running = new Set();

  /** @param {string} file - started anew */
  constructor(file) {
    this.file = file;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '');
  }

  /** @param {string} text */
  write(text) {
    appendFileSync(this.file, text);
  }

  /**
   * Runs a command to its end.
   *
   * @param {string} command
   * @param {readonly string[]} parameters
   * @param {{ env?: NodeJS.ProcessEnv, echo?: boolean }} [options] - `echo`: also show what it writes
   * @returns {Promise<string>} what it wrote, both streams
   * @throws {CommandError}
   */
  run(command, parameters, { env = process.env, echo = false } = {}) {
    this.write(`\n$ ${[command, ...parameters].join(' ')}\n`);
    return new Promise((resolve, reject) => {
      const child = spawn(command, parameters, {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true
      });
      this.#running.add(child);
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', text => {
          output += text;
          this.write(text);
          if (echo) {
            process.stdout.write(text);
          }
        });
      }
      /** @param {number | string | null} code */
      const end = code => {
        this.#running.delete(child);
        if (code === 0) {
          resolve(output);
        } else {
          const name = [path.basename(command), ...parameters].join(' ');
          reject(new CommandError(name, output, code, echo));
        }
      };
      child.on('error', error => end(error.message));
      child.on('close', (code, signal) => end(code ?? signal));
    });
  }

  /** Ends the commands that still run. */
  stop() {
    for (const child of this.#running) {
      child.kill();
    }
  }
}
