import { spawn, type ChildProcess } from 'node:child_process';
import {
  accessSync,
  chownSync,
  constants,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/** How a server is started. */
export interface ServerCommand {
  program: string;
  parameters: string[];
  /** It has written this when it is ready. */
  ready: string;
  /** Whom it runs as; this process's own user when absent. */
  uid?: number;
}

/** A server of a test: it listens on loopback, lives in a folder of its own, and ends with its test. */
export class ServerProcess {
  private child: ChildProcess | undefined;

  constructor(private readonly command: ServerCommand) {}

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    const { program, parameters, ready, uid } = this.command;
    const child = spawn(program, parameters, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      ...(uid !== undefined && { uid, gid: uid })
    });
    this.child = child;
    let output = '';
    await new Promise<void>((resolve, reject) => {
      const take = (chunk: unknown): void => {
        output += String(chunk);
        if (output.includes(ready)) {
          resolve();
        }
      };
      child.stdout!.on('data', take);
      child.stderr!.on('data', take);
      child.once('error', reject);
      child.once('exit', code => reject(new Error(`${program} ended with ${code}:\n${output}`)));
    });
  }

  /** Resolves when it has ended. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) {
      return;
    }
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
}

/** Runs a program to its end. */
export async function run(program: string, parameters: string[], uid?: number): Promise<void> {
  const child = spawn(program, parameters, {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
    ...(uid !== undefined && { uid, gid: uid })
  });
  let errors = '';
  child.stderr.on('data', chunk => (errors += String(chunk)));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}: ${errors}`))
    );
  });
}

/** A program by the variable that names it, in these folders, or on the PATH. */
export function findProgram(
  name: string,
  variable: string,
  folders: readonly string[] = []
): string | undefined {
  const named = process.env[variable];
  const places = [...folders, ...(process.env.PATH ?? '').split(path.delimiter)];
  return [...(named ? [named] : []), ...places.map(folder => path.join(folder, name))].find(
    isProgram
  );
}

/** The folders below one, or none when it does not exist. */
export function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder).map(name => path.join(folder, name));
  } catch {
    return [];
  }
}

/** A folder for a server's files; whoever asks removes it. */
export function serverFolder(uid?: number): { folder: string; remove: () => void } {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'chatops-server-')));
  if (uid !== undefined) {
    chownSync(folder, uid, uid);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** Somebody without rights, for programs that refuse to be run by root; nobody else when not root. */
export function unprivilegedUser(): number | undefined {
  return userInfo().uid === 0 ? 65_534 : undefined;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
