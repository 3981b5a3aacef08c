import { spawn, type ChildProcess } from 'node:child_process';
import { MessageReader, encodeMessage, type RpcMessage } from './rpc';

/** How long an answer may take before it is given up, in milliseconds. */
const PATIENCE = 10_000;

interface Waiting {
  resolve: (value: unknown) => void;
  timer: NodeJS.Timeout;
}

/** How to run a language server. */
export interface LanguageServerOptions {
  file: string;
  parameters: readonly string[];
  folder: string;
  environment: NodeJS.ProcessEnv;
  /** What it is told when it asks for its settings; for every section the same. */
  settings: unknown;
}

/**
 * A language server as a child process.
 *
 * Source of the protocol: “Language Server Protocol Specification 3.17”.
 */
export class LanguageServer {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private ids = 0;
  private ended = false;

  constructor(private readonly options: LanguageServerOptions) {
    const { file, parameters, folder, environment } = options;
    this.child = spawn(file, parameters, {
      cwd: folder,
      env: environment,
      stdio: ['pipe', 'pipe', 'ignore'],
      // Out of reach of the signal that interrupts a cell's child processes. When the kernel is
      // gone, however it went, the server's input ends, and it with that.
      detached: process.platform !== 'win32',
      windowsHide: true
    });
    const reader = new MessageReader(message => this.take(message));
    this.child.stdout!.on('data', (chunk: Buffer) => reader.push(chunk));
    this.child.stdin!.on('error', () => this.end());
    this.child.on('error', () => this.end());
    this.child.on('exit', () => this.end());
    // Neither keeps a kernel alive that ends.
    this.child.unref();
  }

  /** False once it has ended, or does not answer any more. */
  get alive(): boolean {
    return !this.ended;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /**
   * Asks something.
   *
   * @returns the answer; nothing when there was none, the server refused or is gone.
   */
  request<T>(method: string, parameters: unknown): Promise<T | undefined> {
    if (this.ended) {
      return Promise.resolve(undefined);
    }
    const id = ++this.ids;
    const answer = new Promise<T | undefined>(resolve => {
      const timer = setTimeout(() => this.close(), PATIENCE);
      timer.unref();
      this.waiting.set(id, { resolve: resolve as Waiting['resolve'], timer });
    });
    this.send({ jsonrpc: '2.0', id, method, params: parameters });
    return answer;
  }

  /** Tells something. */
  notify(method: string, parameters: unknown): void {
    this.send({ jsonrpc: '2.0', method, params: parameters });
  }

  /** Ends it. */
  close(): void {
    this.end();
    this.child.stdin!.destroy();
    this.child.kill();
  }

  private send(message: RpcMessage): void {
    if (!this.ended) {
      this.child.stdin!.write(encodeMessage(message));
    }
  }

  private take({ id, method, params, result }: RpcMessage): void {
    if (method !== undefined) {
      if (id !== undefined) {
        this.send({ jsonrpc: '2.0', id, result: this.answerTo(method, params) });
      }
      return;
    }
    const waiting = typeof id === 'number' ? this.waiting.get(id) : undefined;
    if (waiting) {
      this.waiting.delete(id as number);
      clearTimeout(waiting.timer);
      waiting.resolve(result ?? undefined);
    }
  }

  /** Of all that a server may ask, only its settings matter here. */
  private answerTo(method: string, parameters: unknown): unknown {
    return method === 'workspace/configuration'
      ? (parameters as { items: unknown[] }).items.map(() => this.options.settings)
      : null;
  }

  private end(): void {
    this.ended = true;
    for (const { resolve, timer } of this.waiting.values()) {
      clearTimeout(timer);
      resolve(undefined);
    }
    this.waiting.clear();
  }
}
