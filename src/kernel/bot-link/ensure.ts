import { execFile } from 'node:child_process';
import { ChatOpsError, chatOpsError, reasonOf, type ErrorRecord } from '../../protocol';

/** Where a workspace's bot listens: a socket file, or a port with a token. */
export type BotEndpoint = { workspace: string; pid: number; version: string } & (
  { socket: string } | { host: string; port: number; token: string }
);

/** What the command line prints, besides an endpoint. */
interface Refusal {
  error: ErrorRecord;
}

/** How to call the command line. */
export interface EnsureOptions {
  /** The file of the command line's program. */
  program: string;
  /** The notebook's folder. */
  folder: string;
}

/**
 * The running bot of the notebook's workspace; the command line starts one when there is none.
 *
 * @throws ChatOpsError what kept the bot from starting, or `CHATOPS_BOT_START`.
 */
export function ensureBot({ program, folder }: EnsureOptions): Promise<BotEndpoint> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, 'ensure'],
      { cwd: folder, windowsHide: true },
      (failure, stdout, stderr) => {
        const answer = parse(stdout);
        if (answer === undefined) {
          const reason = failure ? reasonOf(failure).split('\n')[0]! : 'it gave no answer';
          const log = stderr.trimEnd().split('\n').slice(-20);
          reject(chatOpsError('CHATOPS_BOT_START', { reason }, { log }));
        } else if ('error' in answer) {
          reject(new ChatOpsError(answer.error));
        } else {
          resolve(answer);
        }
      }
    );
  });
}

function parse(output: string): BotEndpoint | Refusal | undefined {
  try {
    return JSON.parse(output.trim().split('\n').at(-1)!) as BotEndpoint | Refusal;
  } catch {
    return undefined;
  }
}
