import { spawn } from 'node:child_process';
import { chatOpsError, reasonOf } from '../../../protocol';

/** How long a program may take that fetches something, in milliseconds. */
const LONGEST = 5 * 60_000;

/** How much of what a program writes is kept, in UTF-16 code units. */
const MOST_OUTPUT = 100_000;

/** A program that ended badly. */
export class ProgramFailure extends Error {}

/** Where and how a program runs. */
export interface ProgramOptions {
  cwd: string;
  env?: Record<string, string | undefined>;
}

/**
 * Runs a program to its end, without a shell and without anything to read.
 *
 * @returns what it wrote to its standard output.
 * @throws ChatOpsError `CHATOPS_PROGRAM_MISSING`; ProgramFailure with its last words when it fails.
 */
export function runProgram(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: ProgramOptions
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST,
      windowsHide: true
    });
    const output = { out: '', err: '' };
    const keep = (stream: 'out' | 'err') => (chunk: Buffer) => {
      output[stream] = (output[stream] + String(chunk)).slice(-MOST_OUTPUT);
    };
    child.stdout.on('data', keep('out'));
    child.stderr.on('data', keep('err'));
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? chatOpsError('CHATOPS_PROGRAM_MISSING', { name: command }, { cause: error })
          : new ProgramFailure(reasonOf(error))
      )
    );
    child.on('close', (code, signal) => {
      if (code === 0) {
        resolve(output.out);
      } else {
        const words = lastWords(output.err) || lastWords(output.out);
        const end = signal ? `it was ended by ${signal}` : `it ended with code ${code}`;
        reject(new ProgramFailure(words || end));
      }
    });
  });
}

/** The line that says most: the first that claims to be an error, else the last. */
function lastWords(text: string): string {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !/^npm (warn|notice)/i.test(line));
  const telling = lines.filter(line => /^(fatal|error|npm error(?! code))/i.test(line));
  return (telling[0] ?? lines.at(-1) ?? '').replace(/^(fatal|error|npm error):? */i, '');
}
