import {
  ChatOpsError,
  chatOpsError,
  Emitter,
  NOTEBOOK_ROOM,
  PROTOCOL_PATH,
  type BotConnection,
  type ClientFrame,
  type ConnectionState,
  type Reply,
  type ReplyTypes,
  type Request,
  type ServerFrame,
  type ServerFrameOf,
  type SkillRecord,
  type Socket
} from '../../protocol';
import { PRODUCT_VERSION } from '../version';
import { ensureBot, type BotEndpoint, type EnsureOptions } from './ensure';
import { expectedWorkspace } from './workspace';

/** How often a connection that breaks before the bot has answered is tried again. */
const ATTEMPTS = 3;

/**
 * How long a bot that has ended is left alone while no cell needs it, in milliseconds: it may have
 * ended because Jupyter does, which ends this kernel next.
 */
const REST = 2000;

/**
 * The kernel's link to the workspace's bot. Nothing happens before it is first used; from then on it
 * stays connected, and brings the bot back when it is gone.
 */
export class BotLink {
  /** The bot sent a frame that answers no request. */
  readonly received = new Emitter<ServerFrame>();

  private created: Promise<BotConnection> | undefined;
  private endpoint: BotEndpoint | undefined;
  private records: readonly SkillRecord[] = [];
  /** The workspace that the bot named. */
  private told: string | undefined;
  private rest: { over: Promise<void>; end(): void } | undefined;

  constructor(private readonly options: EnsureOptions) {}

  /** The bot's process, once it was reached. */
  get pid(): number | undefined {
    return this.endpoint?.pid;
  }

  /** The bot's skills, as far as it has told. */
  get skills(): readonly SkillRecord[] {
    return this.records;
  }

  /** The folder that the bot works in, or will when it is started. */
  get workspace(): string {
    return this.told ?? expectedWorkspace(this.options.folder);
  }

  /** The program that knows how to start the bot and its fixtures. */
  get program(): EnsureOptions {
    return this.options;
  }

  /**
   * The connection to the bot, once the bot has answered.
   *
   * @throws ChatOpsError what keeps the bot from starting, or `CHATOPS_CELL_INTERRUPTED`.
   */
  async connected(signal?: AbortSignal): Promise<BotConnection> {
    const connection = await (this.created ??= this.createConnection());
    if (connection.state === 'connected') {
      return connection;
    }
    this.hurry();
    connection.connect();
    connection.reconnect();
    try {
      await unlessAborted(whenConnected(connection), signal);
    } catch (error) {
      // Trying on by itself helps nobody who has been told; the next use tries again.
      connection.close();
      throw error;
    }
    return connection;
  }

  /** A cell waits for the bot: where it has ended, it is brought back at once. */
  hurry(): void {
    this.rest?.end();
  }

  /** What the bot said first. */
  async ready(signal?: AbortSignal): Promise<ServerFrameOf<'ready'>> {
    return (await this.connected(signal)).ready!;
  }

  /**
   * Asks the bot something.
   *
   * @throws ChatOpsError the bot's error, or what keeps it from starting.
   */
  async request<T extends keyof ReplyTypes>(
    frame: Request<T>,
    signal?: AbortSignal
  ): Promise<Reply<T>> {
    await checkFrame({ ...frame, id: 'check' } as unknown as ClientFrame);
    const connection = await this.connected(signal);
    return unlessAborted(connection.request<T>(frame), signal);
  }

  /** Lets go of the bot, which goes on for others. */
  close(): void {
    void this.created?.then(connection => connection.close());
  }

  private async createConnection(): Promise<BotConnection> {
    // Frames are validated by a library that a kernel without a bot need not load.
    const { BotConnection } = await import(/* webpackChunkName: "kernel-bot" */ '../../protocol');
    const connection = new BotConnection({
      open: () => this.open(),
      hello: () => ({
        client: { name: 'kernel', version: PRODUCT_VERSION },
        ...(this.endpoint && 'token' in this.endpoint && { token: this.endpoint.token })
      }),
      rooms: [NOTEBOOK_ROOM]
    });
    let wasConnected = false;
    connection.stateChanged.on(state => {
      if (wasConnected && state === 'waiting') {
        this.rest = pause(REST);
      }
      wasConnected = state === 'connected';
    });
    connection.received.on(frame => {
      if (frame.type === 'ready' || frame.type === 'skills') {
        this.records = frame.skills;
      }
      if (frame.type === 'ready') {
        this.told = frame.workspace;
      }
      this.received.emit(frame);
    });
    return connection;
  }

  private async open(): Promise<Socket> {
    await this.rest?.over;
    const [endpoint, { WebSocket }] = await Promise.all([
      ensureBot(this.options),
      import(/* webpackChunkName: "kernel-bot" */ 'ws')
    ]);
    this.endpoint = endpoint;
    const url =
      'socket' in endpoint
        ? `ws+unix:${endpoint.socket}:${PROTOCOL_PATH}`
        : `ws://${endpoint.host}:${endpoint.port}${PROTOCOL_PATH}`;
    const socket = new WebSocket(url, { perMessageDeflate: false });
    // One that is given up before it is open complains about that; nobody needs to hear it.
    socket.on('error', () => undefined);
    return socket;
  }
}

/** Some time, in milliseconds, that can be cut short and keeps no process alive. */
function pause(time: number): { over: Promise<void>; end(): void } {
  let end = (): void => undefined;
  const over = new Promise<void>(resolve => {
    end = resolve;
    setTimeout(resolve, time).unref();
  });
  return { over, end };
}

/**
 * Checks a frame as the bot will: there is no answer to one that breaks the rules.
 *
 * @throws ChatOpsError `CHATOPS_FRAME_TOO_LARGE` or `CHATOPS_FRAME_INVALID`.
 */
export async function checkFrame(frame: ClientFrame): Promise<void> {
  const { decodeClientFrame, encodeFrame } = await import(
    /* webpackChunkName: "kernel-bot" */ '../../protocol'
  );
  decodeClientFrame(encodeFrame(frame));
}

/** A promise that is refused with `CHATOPS_CELL_INTERRUPTED` when a signal fires first. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) {
    return work;
  }
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(chatOpsError('CHATOPS_CELL_INTERRUPTED', {}));
    if (signal.aborted) {
      stop();
    }
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Why nothing is to be expected of a connection in this state any more; nothing while there is. */
export function failureIn(connection: BotConnection, state: ConnectionState): Error | undefined {
  const { error } = connection;
  switch (state) {
    case 'waiting':
      return error && new ChatOpsError(error);
    case 'stopped':
    case 'refused':
    case 'closed':
      return error ? new ChatOpsError(error) : chatOpsError('CHATOPS_CONNECTION_LOST', {});
    default:
      return undefined;
  }
}

function whenConnected(connection: BotConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    let attempts = 0;
    const stop = connection.stateChanged.on(state => {
      const failure =
        failureIn(connection, state) ??
        (state === 'waiting' && ++attempts >= ATTEMPTS
          ? chatOpsError('CHATOPS_CONNECTION_LOST', {})
          : undefined);
      if (state === 'connected') {
        stop();
        resolve();
      } else if (failure) {
        stop();
        reject(failure);
      }
    });
  });
}
