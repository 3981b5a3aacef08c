import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ChatOpsError, chatOpsError, toErrorRecord } from '../../protocol';
import type { EnsureOptions } from './ensure';

/** Small web servers that stand in for others; they end with the kernel. */
export class Fixtures {
  private readonly running = new Map<string, { child: ChildProcess; url: Promise<string> }>();

  constructor(private readonly options: EnsureOptions) {}

  /**
   * Starts a fixture, unless it runs already.
   *
   * @returns its URL.
   * @throws ChatOpsError `CHATOPS_FIXTURE_UNKNOWN`, or what kept it from starting.
   */
  start(name: string): Promise<string> {
    const known = this.running.get(name);
    if (known) {
      return known.url;
    }
    const { program, folder } = this.options;
    const child = spawn(process.execPath, [program, 'fixture', name], {
      cwd: folder,
      // The channel breaks when the kernel is gone, however it went; the fixture ends then.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Out of reach of the signal that interrupts a cell's child processes.
      detached: process.platform !== 'win32',
      windowsHide: true
    });
    const url = urlOf(child);
    this.running.set(name, { child, url });
    child.on('exit', () => this.running.delete(name));
    return url;
  }

  /** Ends all. */
  close(): void {
    for (const { child } of this.running.values()) {
      child.kill();
    }
  }
}

function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    createInterface(child.stdout!).once('line', line => {
      resolve((JSON.parse(line) as { url: string }).url);
    });
    child.on('error', error => reject(new ChatOpsError(toErrorRecord(error))));
    child.on('close', () => reject(readError(complaint)));
  });
}

/** The error that the command line wrote for people: its code, what happened, what to do. */
function readError(text: string): ChatOpsError {
  const [code = '', message, ...rest] = text.trim().split('\n');
  return /^CHATOPS_\w+$/.test(code) && message !== undefined
    ? new ChatOpsError({ code, message, hint: rest.at(-1) ?? '' })
    : chatOpsError('CHATOPS_USAGE', { reason: text.trim() || 'The fixture ended at once' });
}
