import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../setup/problem.mjs';

const host = '127.0.0.1';
const defaultPort = 8888;
/** How long JupyterLab may take to end its kernels and the bot, in milliseconds. */
const stopTimeout = 15_000;

/** A JupyterLab that shows one folder and listens on this machine only. */
export class JupyterLab {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  /** @type {Promise<number | NodeJS.Signals | null>} */
  #ended = Promise.resolve(null);
  #token = '';

  /**
   * @param {import('../setup/environment.mjs').PythonEnvironment} environment
   * @param {string} log - a file that takes what JupyterLab writes
   */
  constructor(environment, log) {
    this.environment = environment;
    this.log = log;
    // Of its own, so that the server found in it is this one.
    this.runtime = path.join(environment.folder, 'jupyter', 'runtime', String(process.pid));
    /** Where it is, with a slash at the end. */
    this.url = '';
  }

  /** The page to open: the workshop beside the chat, with the token that lets one in. */
  get page() {
    return `${this.url}lab?chatops=workshop&token=${this.#token}`;
  }

  get isRunning() {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /**
   * Nobody should wait for a set-up that ends in vain.
   *
   * @param {number | undefined} port
   * @throws {Problem} when something else listens there
   */
  async expectFree(port) {
    if (port !== undefined && !(await isFree(port))) {
      throw new Problem(`The port ${port} is in use: choose another one with --port.`);
    }
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param {string} workspace
   * @param {number | undefined} port
   * @throws {Problem}
   */
  async start(workspace, port) {
    await this.expectFree(port);
    this.#silenceNews();
    mkdirSync(this.runtime, { recursive: true });
    // It holds the token. And another one may still write to the file of that name.
    rmSync(this.log, { force: true });
    const output = openSync(this.log, 'a', 0o600);
    const child = spawn(
      this.environment.python,
      [
        '-m',
        'jupyterlab',
        `--ServerApp.ip=${host}`,
        `--ServerApp.port=${port ?? defaultPort}`,
        `--ServerApp.port_retries=${port === undefined ? 100 : 0}`,
        `--ServerApp.root_dir=${workspace}`,
        '--ServerApp.open_browser=False',
        ...(process.getuid?.() === 0 ? ['--ServerApp.allow_root=True'] : [])
      ],
      {
        cwd: workspace,
        env: { ...this.environment.variables(), JUPYTER_RUNTIME_DIR: this.runtime },
        stdio: ['ignore', output, output],
        // Ctrl-C reaches us alone, and JupyterLab does not ask whether it is meant.
        detached: process.platform !== 'win32',
        windowsHide: true
      }
    );
    this.#child = child;
    this.#ended = new Promise(resolve => {
      child.on('error', () => resolve(null));
      child.on('exit', (code, signal) => resolve(code ?? signal));
    });
    const ready = new AbortController();
    const failed = this.#ended.then(code => {
      if (!ready.signal.aborted) {
        throw new Problem(
          `JupyterLab ended with ${code} before it was ready:\n${this.#lastLines()}`
        );
      }
    });
    try {
      await Promise.race([this.#answers(ready.signal), failed]);
    } finally {
      ready.abort();
    }
  }

  /** Resolves when it has ended, for whatever reason. */
  async ended() {
    const code = await this.#ended;
    rmSync(this.runtime, { recursive: true, force: true });
    return code;
  }

  /** Ends it with its kernels and the bot. */
  async stop() {
    if (!this.isRunning) {
      return;
    }
    const patience = AbortSignal.timeout(stopTimeout);
    const slow = new Promise(resolve => patience.addEventListener('abort', resolve));
    try {
      // Windows has no signal that would let it end in good order.
      const headers = { authorization: `token ${this.#token}` };
      await fetch(`${this.url}api/shutdown`, { method: 'POST', headers, signal: patience });
    } catch {
      this.#child?.kill();
    }
    await Promise.race([this.ended(), slow]);
    this.kill();
  }

  /** Ends it at once. */
  kill() {
    if (this.isRunning && this.#child?.pid) {
      // Below zero it means the whole process group.
      process.kill(process.platform === 'win32' ? this.#child.pid : -this.#child.pid, 'SIGKILL');
    }
  }

  /** Keeps JupyterLab from asking every newcomer whether they want its news. */
  #silenceNews() {
    const folder = path.join(this.environment.folder, 'etc', 'jupyter', 'labconfig');
    mkdirSync(folder, { recursive: true });
    const disabledExtensions = { '@jupyterlab/apputils-extension:announcements': true };
    writeFileSync(path.join(folder, 'page_config.json'), JSON.stringify({ disabledExtensions }));
  }

  /** @param {AbortSignal} signal */
  async #answers(signal) {
    while (!signal.aborted) {
      const [file] = readdirSync(this.runtime).filter(name => /^jpserver-\d+\.json$/.test(name));
      if (file) {
        try {
          const server = JSON.parse(readFileSync(path.join(this.runtime, file), 'utf8'));
          this.#token = server.token;
          this.url = server.url.replace('localhost', host);
          const headers = { authorization: `token ${this.#token}` };
          if ((await fetch(`${this.url}api/status`, { headers, signal })).ok) {
            return;
          }
        } catch {
          // The file is being written, or the server does not listen yet.
        }
      }
      await sleep(100);
    }
  }

  #lastLines() {
    return readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
  }
}

/** @param {number} port */
function isFree(port) {
  return new Promise(resolve => {
    const server = createServer()
      .on('error', () => resolve(false))
      .listen(port, host, () => server.close(() => resolve(true)));
  });
}
