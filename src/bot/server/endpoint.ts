import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { request } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chatOpsError } from '../../protocol';
import { fileReason } from '../file-reason';

/** Where a running bot can be reached, and who it is. */
export interface Endpoint {
  /** The bot's folder, as an absolute path without links. */
  workspace: string;
  pid: number;
  version: string;
  /** True when it was started on demand and leaves with its last client. */
  managed: boolean;
  /** The socket file; on Windows there is a port instead. */
  socket?: string;
  host?: string;
  port?: number;
  /** What a client must say in its hello where a port is used. */
  token?: string;
}

/** Who a bot is, as its server says on request. */
export type Identity = Pick<Endpoint, 'workspace' | 'pid' | 'version' | 'managed'>;

/** A lock that is older than this belongs to a process that died holding it, in milliseconds. */
const STALE_LOCK = 10_000;

/**
 * The place where the bot of one workspace listens. There is one for each workspace and user: who
 * holds the socket is the workspace's bot, and everyone else connects to it.
 */
export class EndpointPlace {
  private readonly stem: string;

  /** @throws ChatOpsError `CHATOPS_WORKSPACE`. */
  constructor(
    workspace: string,
    private readonly platform: NodeJS.Platform = process.platform
  ) {
    const name = createHash('sha256').update(realpathSync(workspace)).digest('hex').slice(0, 16);
    this.stem = path.join(runtimeFolder(), name);
  }

  /** What a bot's start prints before its log is open. */
  get startLog(): string {
    return `${this.stem}.log`;
  }

  /** The bot that answers here, if one does. */
  async find(): Promise<Endpoint | undefined> {
    const endpoint = this.read();
    return endpoint && (await identify(endpoint)) ? endpoint : undefined;
  }

  /**
   * Makes a server listen here.
   *
   * @throws ChatOpsError `CHATOPS_SOCKET_IN_USE` when another bot does.
   */
  async claim(server: Server, identity: Identity): Promise<Endpoint> {
    await this.lock();
    try {
      const holder = await this.find();
      if (holder) {
        throw chatOpsError('CHATOPS_SOCKET_IN_USE', { pid: holder.pid });
      }
      const endpoint = await this.listen(server, identity);
      writeFileSync(this.file, JSON.stringify(endpoint), { mode: 0o600 });
      return endpoint;
    } finally {
      this.unlock();
    }
  }

  /** Takes the traces of a bot away that has stopped listening. */
  release(): void {
    rmSync(this.file, { force: true });
  }

  private get file(): string {
    return `${this.stem}.json`;
  }

  private async listen(server: Server, identity: Identity): Promise<Endpoint> {
    if (this.platform === 'win32') {
      await listening(server, () => server.listen(0, '127.0.0.1'));
      const { port } = server.address() as { port: number };
      return { ...identity, host: '127.0.0.1', port, token: randomBytes(24).toString('base64url') };
    }
    const socket = `${this.stem}.sock`;
    // Nobody answers at it, so whoever made it is gone.
    rmSync(socket, { force: true });
    await listening(server, () => server.listen(socket));
    chmodSync(socket, 0o600);
    return { ...identity, socket };
  }

  private read(): Endpoint | undefined {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as Endpoint;
    } catch {
      return undefined;
    }
  }

  private async lock(): Promise<void> {
    for (;;) {
      try {
        // Making a folder either succeeds or fails, for one process only.
        mkdirSync(this.lockFolder);
        return;
      } catch {
        const age =
          Date.now() - (statSync(this.lockFolder, { throwIfNoEntry: false })?.mtimeMs ?? 0);
        if (age > STALE_LOCK) {
          this.unlock();
        }
        await sleep(20);
      }
    }
  }

  private unlock(): void {
    if (existsSync(this.lockFolder)) {
      rmdirSync(this.lockFolder);
    }
  }

  private get lockFolder(): string {
    return `${this.stem}.lock`;
  }
}

/** Asks whoever listens at an endpoint who it is; nothing when nobody answers. */
export function identify({ socket, host, port }: Endpoint): Promise<Identity | undefined> {
  return new Promise(resolve => {
    const call = request(
      { ...(socket ? { socketPath: socket } : { host, port }), path: '/identity', timeout: 2000 },
      response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(parse(text)));
      }
    );
    call.on('error', () => resolve(undefined));
    call.on('timeout', () => call.destroy());
    call.end();
  });
}

/** The websocket URL of an endpoint's path, in the form the package `ws` takes. */
export function websocketUrl({ socket, host, port }: Endpoint, pathname: string): string {
  return socket ? `ws+unix:${socket}:${pathname}` : `ws://${host}:${port}${pathname}`;
}

function parse(text: string): Identity | undefined {
  try {
    return JSON.parse(text) as Identity;
  } catch {
    return undefined;
  }
}

/** A folder that only this user can look into, where sockets lie: their paths must be short. */
function runtimeFolder(): string {
  const base = process.env.CHATOPS_RUNTIME_DIR ?? process.env.XDG_RUNTIME_DIR;
  const { uid, username } = userInfo();
  const folder = base
    ? path.join(base, 'chatops')
    : path.join(tmpdir(), `chatops-${uid >= 0 ? uid : username}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw chatOpsError(
      'CHATOPS_WORKSPACE',
      { path: folder, reason: `the bot's socket cannot lie there: ${fileReason(error)}` },
      { cause: error }
    );
  }
  const stats = lstatSync(folder);
  if (!stats.isDirectory() || (uid >= 0 && (stats.uid !== uid || (stats.mode & 0o077) !== 0))) {
    throw chatOpsError('CHATOPS_WORKSPACE', {
      path: folder,
      reason: "others can look into the folder where the bot's socket would lie"
    });
  }
  return folder;
}

function listening(server: Server, start: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve();
    });
    start();
  });
}
