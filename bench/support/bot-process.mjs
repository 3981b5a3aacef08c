import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';
import { root } from '../../scripts/setup/folders.mjs';
import { writeFiles } from './files.mjs';

/** A real bot in a process and a workspace of its own. */
export class BotProcess {
  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {string} folder
   * @param {number} startTime
   */
  constructor(child, folder, startTime) {
    this.child = child;
    this.folder = folder;
    this.workspace = path.join(folder, 'workspace');
    /** How long it took until it was ready, in milliseconds. */
    this.startTime = startTime;
  }

  /**
   * Starts a bot on these files. Resolves when it is ready.
   *
   * @param {Record<string, string>} files
   * @param {{ node?: string[], env?: Record<string, string> }} [options] - `node` are options of Node.
   * @returns {Promise<BotProcess>}
   */
  static async start(files, { node = [], env = {} } = {}) {
    const folder = mkdtempSync(path.join(tmpdir(), 'chatops-bench-'));
    const workspace = path.join(folder, 'workspace');
    writeFiles(workspace, files);
    mkdirSync(path.join(folder, 'run'));
    const began = performance.now();
    const child = spawn(
      process.execPath,
      [...node, path.join(root, 'dist/chatops.cjs'), 'serve', '--workspace', workspace],
      {
        cwd: workspace,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: { ...process.env, CHATOPS_RUNTIME_DIR: path.join(folder, 'run'), ...env }
      }
    );
    await new Promise((resolve, reject) => {
      child.once('message', message =>
        'error' in /** @type {object} */ (message)
          ? reject(new Error(JSON.stringify(message)))
          : resolve(undefined)
      );
      child.once('exit', code => reject(new Error(`the bot ended with ${code}`)));
    });
    return new BotProcess(child, folder, performance.now() - began);
  }

  /** Its memory as the system counts it, in MB. */
  get residentMemory() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  /** @param {Record<string, string>} files */
  write(files) {
    writeFiles(this.workspace, files);
  }

  /**
   * A client that was greeted.
   *
   * @param {string[]} rooms
   * @returns {Promise<Client>}
   */
  async connect(rooms = ['general']) {
    const run = path.join(this.folder, 'run');
    const names = readdirSync(run, { recursive: true, encoding: 'utf8' });
    const socketFile = names.find(name => name.endsWith('.sock'));
    const socket = new WebSocket(`ws+unix:${path.join(run, String(socketFile))}:/chatops`);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const client = new Client(socket);
    client.send({
      type: 'hello',
      protocol: 1,
      client: { name: 'bench', version: '0' },
      rooms: rooms.map(room => ({ room }))
    });
    await client.wait(frame => frame.type === 'ready');
    return client;
  }

  async stop() {
    const ended = new Promise(resolve => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A client of the panel's protocol, as thin as can be. */
export class Client {
  /** @param {WebSocket} socket */
  constructor(socket) {
    this.socket = socket;
    /** @type {((frame: any) => void)[]} */
    this.listeners = [];
    this.count = 0;
    socket.on('message', data => {
      const frame = JSON.parse(String(data));
      for (const listener of this.listeners) {
        listener(frame);
      }
    });
  }

  /** @param {object} frame */
  send(frame) {
    this.socket.send(JSON.stringify(frame));
  }

  /** @param {(frame: any) => void} listener */
  onFrame(listener) {
    this.listeners.push(listener);
  }

  /**
   * The next frame that satisfies a condition.
   *
   * @param {(frame: any) => boolean} condition
   * @returns {Promise<any>}
   */
  wait(condition) {
    return new Promise(resolve => {
      /** @param {any} frame */
      const listener = frame => {
        if (condition(frame)) {
          this.listeners.splice(this.listeners.indexOf(listener), 1);
          resolve(frame);
        }
      };
      this.listeners.push(listener);
    });
  }

  /**
   * Says something. Resolves with what was answered, once that is all.
   *
   * @param {string} text
   * @param {string} [room]
   * @returns {Promise<string[]>}
   */
  async ask(text, room = 'general') {
    const id = `${process.pid}-${++this.count}-${Math.random()}`;
    /** @type {string[]} */
    const answers = [];
    let seq = -1;
    const ended = this.wait(frame => {
      if (frame.type === 'ack' && frame.re === id) {
        seq = frame.seq;
      } else if (frame.type === 'message' && frame.message.answers === seq) {
        answers.push(frame.message.text);
      }
      return frame.type === 'handled' && frame.seq === seq;
    });
    this.send({ type: 'say', id, room, text });
    await ended;
    return answers;
  }

  close() {
    this.socket.close();
  }
}
