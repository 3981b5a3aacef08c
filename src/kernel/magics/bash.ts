import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { chatOpsError, reasonOf } from '../../protocol';
import type { StreamName } from '../thread';
import type { Magic } from './magic';

/** How long the commands may take to end once they were interrupted, in milliseconds. */
const PATIENCE = 2000;

/** `%%bash`: runs the rest of the cell in a shell. */
export const bash: Magic = {
  name: '%%bash',
  usage: '%%bash [WORDS]',
  summary: 'Runs the rest of the cell in bash.',
  details: [
    "It runs in the notebook's folder with the session's environment; what it prints appears as it comes.",
    'Words behind `%%bash` are `$1`, `$2` and so on. The cell fails when the last command does. Each cell',
    'has a shell of its own, so `cd` and variables end with it.',
    '',
    '```bash',
    '%%bash',
    'npm install lodash',
    'ls skills',
    '```'
  ].join('\n'),
  run: async ({ args, body }, { signal, folder, write }) => {
    const shell = spawn('bash', ['-c', body, 'bash', ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that an interrupt reaches all it starts and nothing else.
      detached: process.platform !== 'win32',
      windowsHide: true
    });
    const stop = (): void => interrupt(shell);
    signal.addEventListener('abort', stop, { once: true });
    process.once('exit', stop);
    try {
      forward(shell, 'stdout', write);
      forward(shell, 'stderr', write);
      const [code, killer] = await ended(shell);
      if (signal.aborted) {
        throw chatOpsError('CHATOPS_CELL_INTERRUPTED', {});
      }
      if (code !== 0) {
        throw chatOpsError('CHATOPS_CELL_BASH', {
          reason: killer === null ? `exit code ${code}` : `signal ${killer}`
        });
      }
    } finally {
      signal.removeEventListener('abort', stop);
      process.removeListener('exit', stop);
    }
  }
};

function forward(
  shell: ChildProcess,
  name: StreamName,
  write: (stream: StreamName, text: string) => void
): void {
  // Characters that arrive in two pieces are put together again.
  shell[name]!.setEncoding('utf8').on('data', (text: string) => write(name, text));
}

function ended(shell: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    shell.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        chatOpsError('CHATOPS_CELL_NO_BASH', {
          reason: error.code === 'ENOENT' ? 'there is no `bash` on the path' : reasonOf(error)
        })
      )
    );
    shell.on('close', (code, killer) => resolve([code, killer]));
  });
}

function interrupt(shell: ChildProcess): void {
  send(shell, constants.signals.SIGINT);
  setTimeout(() => send(shell, constants.signals.SIGKILL), PATIENCE).unref();
}

function send(shell: ChildProcess, signal: number): void {
  if (shell.pid === undefined || shell.exitCode !== null) {
    return;
  }
  try {
    if (process.platform === 'win32') {
      shell.kill();
    } else {
      process.kill(-shell.pid, signal);
    }
  } catch {
    // It has ended meanwhile.
  }
}
