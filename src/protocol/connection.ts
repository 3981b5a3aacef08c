import { backoff } from './backoff';
import { closeCode, isFinal } from './close-code';
import { decodeServerFrame, encodeFrame } from './codec';
import { Emitter } from './emitter';
import { ChatOpsError, chatOpsError, toErrorRecord } from './error';
import type { ErrorRecord } from './error-record';
import type { ClientFrame, ClientFrameOf } from './client-frame';
import type { Reply, ReplyTypes, Request } from './request';
import type { ServerFrame, ServerFrameOf } from './server-frame';
import { Outbox, type PendingMessage, type SayOptions } from './outbox';
import { RequestBook } from './request-book';
import { PROTOCOL_VERSION } from './version';

/** The part of a websocket that a connection uses; browsers' `WebSocket` and that of `ws` both have it. */
export interface Socket {
  send(data: string): void;
  close(code?: number, reason?: string): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
}

/** The part of the platform's timers that a connection uses. */
export interface Timers {
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(handle: never): void;
}

/**
 * Where a connection stands.
 *
 * - `idle`: not asked to connect yet
 * - `connecting`: a socket is being opened, or the bot has not said `ready` yet
 * - `connected`: the bot has said `ready`
 * - `waiting`: lost; the next attempt comes by itself
 * - `stopped`: someone told the bot to quit; only {@link BotConnection.reconnect} starts it again
 * - `refused`: the bot refuses for good; only {@link BotConnection.reconnect} tries again
 * - `closed`: closed by us
 */
export type ConnectionState =
  'idle' | 'connecting' | 'connected' | 'waiting' | 'stopped' | 'refused' | 'closed';

/** What a connection is made of. */
export interface ConnectionOptions {
  /** Opens a socket to the bot. May take its time, for example to start the bot first. */
  open: () => Socket | Promise<Socket>;
  /** Who is calling; asked anew for each attempt, as the person's name may have changed. */
  hello: () => Pick<ClientFrameOf<'hello'>, 'client' | 'token' | 'user'>;
  /** The rooms to follow from the start. */
  rooms: readonly string[];
  /** Messages that an earlier connection could not deliver. */
  pending?: readonly PendingMessage[];
  /** How long the bot may take to say `ready`, in milliseconds. */
  readyTimeout?: number;
  timers?: Timers;
  /** Milliseconds since 1970. */
  now?: () => number;
  random?: () => number;
}

/** States in which nothing happens until someone asks. */
const FINAL: ReadonlySet<ConnectionState> = new Set(['stopped', 'refused', 'closed']);
/** States in which trying at once makes sense. */
const RESTING: ReadonlySet<ConnectionState> = new Set([...FINAL, 'waiting']);

const READY_TIMEOUT = 60_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
/** A bot acknowledges within milliseconds; one that is silent for so long is not there any more. */
const LONGEST_SILENCE = 20_000;
/** The same for one that is asked for a sign of life. */
const SIGN_OF_LIFE = 5_000;

/**
 * A client's side of the protocol: says hello, follows rooms, delivers each message once and in
 * order, and comes back by itself when the connection is lost.
 *
 * Modelled on JupyterLab's terminal connection: `connected` means that the bot has answered, not
 * that a socket is open, and a message leaves the outbox only when the bot has acknowledged it.
 */
export class BotConnection {
  /** {@link state} changed. */
  readonly stateChanged = new Emitter<ConnectionState>();
  /** The bot sent a frame. Answers to {@link request} are not among them. */
  readonly received = new Emitter<ServerFrame>();
  /** What this person said and the bot has not acknowledged. */
  readonly outbox: Outbox;

  private readonly options: ConnectionOptions;
  private readonly timers: Timers;
  private readonly requests = new RequestBook();
  /** The newest message of each room that is followed. */
  private readonly rooms: Map<string, number | undefined>;
  private socket: Socket | null = null;
  private currentState: ConnectionState = 'idle';
  private attempt = 0;
  private failures = 0;
  private timer: unknown;
  private silenceTimer: unknown;
  private nextAttempt: number | undefined;
  private readyFrame: ServerFrameOf<'ready'> | undefined;
  private lastError: ErrorRecord | undefined;
  /** Someone told the bot to stop. */
  private quit = false;

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.timers = options.timers ?? (globalThis as unknown as Timers);
    this.rooms = new Map(options.rooms.map(room => [room, undefined]));
    this.outbox = new Outbox(options.pending, options.now);
  }

  get state(): ConnectionState {
    return this.currentState;
  }

  /** What the bot said first, from the last time it was reached. */
  get ready(): ServerFrameOf<'ready'> | undefined {
    return this.readyFrame;
  }

  /** Why the bot cannot be reached, while it cannot. */
  get error(): ErrorRecord | undefined {
    return this.state === 'connected' ? undefined : this.lastError;
  }

  /** When the next attempt comes by itself, in milliseconds since 1970; only while `waiting`. */
  get retryAt(): number | undefined {
    return this.state === 'waiting' ? this.nextAttempt : undefined;
  }

  /** Connects, unless that is done or under way. */
  connect(): void {
    if (this.state === 'idle' || this.state === 'closed') {
      this.failures = 0;
      void this.open();
    }
  }

  /** Tries at once, also after a refusal: for a retry button. */
  reconnect(): void {
    if (RESTING.has(this.state)) {
      this.failures = 0;
      void this.open();
    }
  }

  /**
   * For when the browser or its network wakes: tries at once where an attempt would come by itself,
   * and finds out whether a socket that looks open still has somebody at its other end.
   */
  wake(): void {
    const [room] = this.rooms.keys();
    if (this.state === 'waiting') {
      this.reconnect();
    } else if (this.state === 'connected' && room !== undefined) {
      this.request<'history'>({ type: 'history', room, limit: 1 }).catch(() => undefined);
      this.expectAnswer(SIGN_OF_LIFE);
    }
  }

  /** Says hello anew, over a new socket: for when the person's name has changed. */
  renew(): void {
    if (this.state === 'connected' || this.state === 'connecting') {
      this.failures = 0;
      this.lost();
    }
  }

  /** Ends the connection for good. Requests that wait are refused; the outbox is kept. */
  close(): void {
    this.dropSocket(1000);
    this.requests.rejectAll(() => this.failure());
    this.setState('closed');
  }

  /** Resolves when the bot has said `ready`, at once when it has. */
  whenReady(): Promise<ServerFrameOf<'ready'>> {
    if (this.state === 'connected') {
      return Promise.resolve(this.readyFrame!);
    }
    return new Promise((resolve, reject) => {
      const stop = this.stateChanged.on(state => {
        if (state === 'connected') {
          stop();
          resolve(this.readyFrame!);
        } else if (FINAL.has(state)) {
          stop();
          reject(this.failure());
        }
      });
    });
  }

  /**
   * Says something in a room. It is kept until the bot has acknowledged it, across any number of
   * lost connections, and delivered once.
   */
  say(room: string, text: string, options: SayOptions = {}): PendingMessage {
    const message = this.outbox.add({ room, text, ...options });
    this.deliver(message);
    return message;
  }

  /** Tries a message again that the bot did not take. */
  retry(id: string): void {
    const message = this.outbox.revive(id);
    if (message) {
      this.deliver(message);
    }
  }

  /**
   * Asks the bot something. Sent as soon as there is a connection.
   *
   * @throws ChatOpsError the bot's error, or `CHATOPS_CONNECTION_LOST`.
   */
  request<T extends keyof ReplyTypes>(frame: Request<T>): Promise<Reply<T>> {
    const answer = this.requests.add<T>(frame);
    this.sendRequests();
    return answer;
  }

  /**
   * Follows one more room. What is said in it arrives through {@link received}.
   *
   * @returns the newest message of the room, which has arrived; nothing where the next `ready` says it.
   * @throws ChatOpsError `CHATOPS_NOT_ALLOWED` for a room that is someone else's.
   */
  async follow(room: string): Promise<number | undefined> {
    if (this.rooms.has(room)) {
      return undefined;
    }
    this.rooms.set(room, undefined);
    // A new connection names all rooms in its hello; only a standing one must be told.
    if (this.state !== 'connected') {
      return undefined;
    }
    try {
      return (await this.request<'follow'>({ type: 'follow', room })).last;
    } catch (error) {
      if (toErrorRecord(error).code !== 'CHATOPS_CONNECTION_LOST') {
        this.rooms.delete(room);
      }
      throw error;
    }
  }

  /** Follows a room no longer. */
  unfollow(room: string): void {
    if (this.rooms.delete(room) && this.state === 'connected') {
      // A connection that is lost meanwhile follows only what the next one names.
      this.request<'unfollow'>({ type: 'unfollow', room }).catch(() => undefined);
    }
  }

  /** Tells the room whether this person is writing. Forgotten when there is no connection. */
  typing(room: string, active: boolean): void {
    if (this.state === 'connected') {
      this.send({ type: 'typing', room, active });
    }
  }

  private async open(): Promise<void> {
    this.dropSocket();
    this.quit = false;
    const attempt = ++this.attempt;
    this.nextAttempt = undefined;
    this.setState('connecting');
    this.setTimer(this.options.readyTimeout ?? READY_TIMEOUT, () => this.lost());
    let socket: Socket;
    try {
      socket = await this.options.open();
    } catch (error) {
      if (attempt === this.attempt) {
        this.lastError = toErrorRecord(error);
        this.lost();
      }
      return;
    }
    if (attempt !== this.attempt) {
      socket.close();
      return;
    }
    this.socket = socket;
    socket.onopen = this.onOpen;
    socket.onmessage = this.onMessage;
    socket.onclose = this.onClose;
    // A close follows each error and says more.
    socket.onerror = () => undefined;
  }

  private readonly onOpen = (): void => {
    const journal = this.readyFrame?.journal;
    this.send({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      ...this.options.hello(),
      ...(journal && { journal }),
      rooms: [...this.rooms].map(([room, after]) => ({ room, ...(after && { after }) }))
    });
  };

  private readonly onMessage = (event: { data: unknown }): void => {
    let frame: ServerFrame;
    try {
      frame = decodeServerFrame(String(event.data));
    } catch (error) {
      // A frame of a newer bot; what we do know of it goes on working.
      this.received.emit({ type: 'error', error: toErrorRecord(error) });
      return;
    }
    this.take(frame);
  };

  private readonly onClose = (event: { code: number }): void => {
    this.socket = null;
    if (this.quit || isFinal(event.code)) {
      this.dropSocket();
      this.requests.rejectAll(() => this.failure());
      this.setState(this.quit ? 'stopped' : 'refused');
    } else {
      this.lost();
    }
  };

  private take(frame: ServerFrame): void {
    this.clearSilenceTimer();
    if (frame.type !== 'error') {
      this.lastError = undefined;
    }
    switch (frame.type) {
      case 'ready':
        this.becomeReady(frame);
        break;
      case 'message':
        // What was on its way when a room was left does not bring it back.
        if (this.rooms.has(frame.message.room)) {
          this.rooms.set(frame.message.room, frame.message.seq);
        }
        break;
      case 'goodbye':
        this.quit = frame.reason === 'quit';
        break;
      case 'ack':
        this.outbox.acknowledge(frame.re, frame.seq);
        break;
      case 'error':
        if (frame.re !== undefined) {
          this.outbox.fail(frame.re, frame.error);
        } else {
          // The reason, if the connection ends now; what is heard after it takes that back.
          this.lastError = frame.error;
        }
        break;
      default:
        break;
    }
    if (!this.requests.settle(frame)) {
      this.received.emit(frame);
    }
  }

  private becomeReady(frame: ServerFrameOf<'ready'>): void {
    this.clearTimer();
    this.failures = 0;
    if (this.readyFrame && this.readyFrame.journal !== frame.journal) {
      // Another journal counts anew; what was seen of the old one says nothing about it.
      for (const room of this.rooms.keys()) {
        this.rooms.set(room, undefined);
      }
    }
    this.readyFrame = frame;
    this.setState('connected');
    for (const message of this.outbox.messages) {
      this.deliver(message);
    }
    this.sendRequests();
  }

  private deliver(message: PendingMessage): void {
    if (this.state === 'connected' && message.state === 'pending') {
      const { id, room, text, user, blocks, thread } = message;
      this.send({
        type: 'say',
        id,
        room,
        text,
        ...(user && { user }),
        ...(blocks && { blocks }),
        ...(thread !== undefined && { thread })
      });
      this.expectAnswer(LONGEST_SILENCE);
    }
  }

  private sendRequests(): void {
    if (this.state === 'connected') {
      this.requests.sendAll(frame => this.send(frame));
    } else if (FINAL.has(this.state)) {
      this.requests.rejectAll(() => this.failure());
    }
  }

  private send(frame: ClientFrame): void {
    this.socket?.send(encodeFrame(frame));
  }

  /** The connection broke or never came to be: ask again later. */
  private lost(): void {
    this.dropSocket();
    this.requests.rejectSent(() => chatOpsError('CHATOPS_CONNECTION_LOST', {}));
    const wait = backoff(this.failures++, {
      first: FIRST_WAIT,
      limit: LONGEST_WAIT,
      random: this.options.random ?? Math.random
    });
    this.setTimer(wait, () => void this.open());
    this.nextAttempt = (this.options.now ?? Date.now)() + wait;
    this.setState('waiting');
  }

  /** Whatever the bot says next shows that it is there; saying nothing means that it is not. */
  private expectAnswer(milliseconds: number): void {
    this.clearSilenceTimer();
    this.silenceTimer = this.timers.setTimeout(() => this.lost(), milliseconds);
  }

  private failure(): ChatOpsError {
    return this.lastError
      ? new ChatOpsError(this.lastError)
      : chatOpsError('CHATOPS_CONNECTION_LOST', {});
  }

  /** Lets go of the socket, so that nothing it still has to say reaches us. */
  private dropSocket(code: number = closeCode.goingAway): void {
    this.attempt++;
    this.clearTimer();
    this.clearSilenceTimer();
    const socket = this.socket;
    this.socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      // Browsers allow a script no other codes than 1000 and those from 3000 up.
      socket.close(code === 1000 ? 1000 : undefined);
    }
  }

  private setState(state: ConnectionState): void {
    if (state !== this.currentState) {
      this.currentState = state;
      this.stateChanged.emit(state);
    }
  }

  private setTimer(milliseconds: number, callback: () => void): void {
    this.clearTimer();
    this.timer = this.timers.setTimeout(callback, milliseconds);
  }

  private clearTimer(): void {
    this.timers.clearTimeout(this.timer as never);
    this.timer = undefined;
  }

  private clearSilenceTimer(): void {
    this.timers.clearTimeout(this.silenceTimer as never);
    this.silenceTimer = undefined;
  }
}
