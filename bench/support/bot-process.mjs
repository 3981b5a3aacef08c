import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/setup/folders.mjs';
import { Client } from './client.mjs';
import { writeFiles } from './files.mjs';
import { ready } from './starting.mjs';

/** A real bot in a process and a workspace of its own. */
export class BotProcess {
  /**
   * @param {import('./bench.mjs').Bench} bench
   * @param {import('node:child_process').ChildProcess} child
   * @param {string} folder
   * @param {number} began
   */
  constructor(bench, child, folder, began) {
    this.bench = bench;
    this.child = child;
    this.folder = folder;
    /** When its process was started, as `performance.now()` counts. */
    this.began = began;
  }

  /**
   * Starts a bot on these files. Resolves when it is ready.
   *
   * @param {import('./bench.mjs').Bench} bench
   * @param {Record<string, string>} files
   * @param {string[]} [options] - of Node.
   * @returns {Promise<BotProcess>}
   */
  static async start(bench, files, options = []) {
    const folder = bench.folder();
    const workspace = path.join(folder, 'workspace');
    writeFiles(workspace, files);
    mkdirSync(path.join(folder, 'run'));
    const began = performance.now();
    const program = path.join(root, 'dist/chatops.cjs');
    const child = bench.start(
      [process.execPath, [...options, program, 'serve', '--workspace', workspace]],
      {
        cwd: workspace,
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        env: { ...process.env, CHATOPS_RUNTIME_DIR: path.join(folder, 'run') }
      }
    );
    await ready(child, 'the bot');
    return new BotProcess(bench, child, folder, began);
  }

  /** Where its websocket is. */
  get url() {
    const run = path.join(this.folder, 'run');
    const names = readdirSync(run, { recursive: true, encoding: 'utf8' });
    const socket = names.find(name => name.endsWith('.sock'));
    return `ws+unix:${path.join(run, String(socket))}:/chatops`;
  }

  /**
   * A client that was greeted.
   *
   * @param {string[]} [rooms]
   */
  connect(rooms) {
    return Client.greeted(this.url, rooms);
  }

  /** Ends it. */
  stop() {
    return this.bench.stop(this.child);
  }
}
