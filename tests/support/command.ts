import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const program = path.resolve('dist/chatops.cjs');

/** How a command ended, and what it wrote. */
export interface Result {
  code: number | null;
  output: string;
  errors: string;
}

/** Options of {@link chatops}. */
export interface CommandOptions {
  cwd?: string;
  input?: string;
  env?: Record<string, string>;
}

/** Runs the command `chatops` to its end. */
export async function chatops(args: string[], options: CommandOptions = {}): Promise<Result> {
  const command = new RunningCommand(args, options);
  command.child.stdin!.end(options.input ?? '');
  return command.ended;
}

/** The command `chatops` while it runs; ended with the test at the latest. */
export class RunningCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<Result>;
  private readonly result: Result = { code: null, output: '', errors: '' };
  private waiting: (() => void)[] = [];

  constructor(args: string[], { cwd, env }: CommandOptions = {}) {
    this.child = spawn(process.execPath, [program, ...args], {
      ...(cwd && { cwd }),
      env: { ...process.env, CHATOPS_WORKSPACE: '', ...env }
    });
    this.child.stdout!.on('data', chunk => this.note('output', String(chunk)));
    this.child.stderr!.on('data', chunk => this.note('errors', String(chunk)));
    this.ended = new Promise(resolve => {
      this.child.on('close', code => {
        this.result.code = code;
        this.wake();
        resolve(this.result);
      });
    });
    onTestFinished(() => void this.child.kill('SIGKILL'));
  }

  /** Resolves when it has written this, on either of its streams. */
  async wrote(text: string): Promise<void> {
    while (!(this.result.output + this.result.errors).includes(text)) {
      if (this.result.code !== null) {
        throw new Error(`it ended without writing ${text}: ${JSON.stringify(this.result)}`);
      }
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
  }

  private note(stream: 'output' | 'errors', text: string): void {
    this.result[stream] += text;
    this.wake();
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    waiting.forEach(resolve => resolve());
  }
}
