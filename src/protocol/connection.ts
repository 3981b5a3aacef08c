import { backoff } from './backoff';
import { isFinal } from './close-code';
import { decodeServerFrame, encodeFrame } from './codec';
import type { ConnectionOptions } from './connection-options';
import { canTryAtOnce, isAtRest, type ConnectionState } from './connection-state';
import { Deadline } from './deadline';
import { Emitter } from './emitter';
import { ChatOpsError, chatOpsError, toErrorRecord } from './error';
import type { ErrorRecord } from './error-record';
import type { ClientFrame } from './client-frame';
import type { Reply, ReplyTypes, Request } from './request';
import type { ServerFrame, ServerFrameOf } from './server-frame';
import { SocketSlot } from './socket-slot';
import { KnownSkills } from './known-skills';
import { Outbox, type PendingMessage, type SayOptions } from './outbox';
import { RequestBook } from './request-book';
import { RoomMarks } from './room-marks';
import type { Timers } from './socket';
import { PROTOCOL_VERSION } from './version';

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
  private readonly requests = new RequestBook();
  private readonly rooms: RoomMarks;
  private readonly skills = new KnownSkills();
  /** Of the attempt that is under way, or until the next one. */
  private readonly attemptTimer: Deadline;
  /** Of the bot's silence. */
  private readonly silenceTimer: Deadline;
  private readonly socket = new SocketSlot({
    opened: () => this.opened(),
    heard: text => this.heard(text),
    closed: code => this.closed(code),
    failed: error => {
      this.lastError = toErrorRecord(error);
      this.lost();
    }
  });
  private currentState: ConnectionState = 'idle';
  private failures = 0;
  private nextAttempt: number | undefined;
  private readyFrame: ServerFrameOf<'ready'> | undefined;
  private lastError: ErrorRecord | undefined;
  /** Someone told the bot to stop. */
  private quit = false;

  constructor(options: ConnectionOptions) {
    this.options = options;
    const timers = options.timers ?? (globalThis as unknown as Timers);
    this.attemptTimer = new Deadline(timers);
    this.silenceTimer = new Deadline(timers);
    this.rooms = new RoomMarks(options.rooms);
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
      this.open();
    }
  }

  /** Tries at once, also after a refusal: for a retry button. */
  reconnect(): void {
    if (canTryAtOnce(this.state)) {
      this.failures = 0;
      this.open();
    }
  }

  /**
   * For when the browser or its network wakes: tries at once where an attempt would come by itself,
   * and finds out whether a socket that looks open still has somebody at its other end.
   */
  wake(): void {
    const room = this.rooms.first;
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
        } else if (isAtRest(state)) {
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
    this.rooms.add(room);
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

  private open(): void {
    this.dropSocket();
    this.quit = false;
    this.nextAttempt = undefined;
    this.setState('connecting');
    this.attemptTimer.set(this.options.readyTimeout ?? READY_TIMEOUT, () => this.lost());
    void this.socket.open(this.options.open);
  }

  private opened(): void {
    const journal = this.readyFrame?.journal;
    this.send({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      ...this.options.hello(),
      ...(journal && { journal }),
      rooms: this.rooms.describe(),
      keepsSkills: true
    });
  }

  private heard(text: string): void {
    let frame: ServerFrame;
    try {
      frame = decodeServerFrame(text);
    } catch (error) {
      // A frame of a newer bot; what we do know of it goes on working.
      this.received.emit({ type: 'error', error: toErrorRecord(error) });
      return;
    }
    this.take(frame);
  }

  private closed(code: number): void {
    if (this.quit || isFinal(code)) {
      this.dropSocket();
      this.requests.rejectAll(() => this.failure());
      this.setState(this.quit ? 'stopped' : 'refused');
    } else {
      this.lost();
    }
  }

  private take(frame: ServerFrame): void {
    this.silenceTimer.clear();
    if (frame.type !== 'error') {
      this.lastError = undefined;
    }
    switch (frame.type) {
      case 'ready':
        this.becomeReady(frame);
        break;
      case 'message':
        this.rooms.note(frame.message.room, frame.message.seq);
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
      // Whoever listens hears of the whole list of skills, also where only what changed was sent.
      this.received.emit(this.skills.complete(frame));
    }
  }

  private becomeReady(frame: ServerFrameOf<'ready'>): void {
    this.attemptTimer.clear();
    this.failures = 0;
    if (this.readyFrame && this.readyFrame.journal !== frame.journal) {
      this.rooms.forget();
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
    } else if (isAtRest(this.state)) {
      this.requests.rejectAll(() => this.failure());
    }
  }

  private send(frame: ClientFrame): void {
    this.socket.send(encodeFrame(frame));
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
    this.attemptTimer.set(wait, () => this.open());
    this.nextAttempt = (this.options.now ?? Date.now)() + wait;
    this.setState('waiting');
  }

  /** Whatever the bot says next shows that it is there; saying nothing means that it is not. */
  private expectAnswer(milliseconds: number): void {
    this.silenceTimer.set(milliseconds, () => this.lost());
  }

  private failure(): ChatOpsError {
    return this.lastError
      ? new ChatOpsError(this.lastError)
      : chatOpsError('CHATOPS_CONNECTION_LOST', {});
  }

  private dropSocket(code?: number): void {
    this.attemptTimer.clear();
    this.silenceTimer.clear();
    this.socket.drop(code);
  }

  private setState(state: ConnectionState): void {
    if (state !== this.currentState) {
      this.currentState = state;
      this.stateChanged.emit(state);
    }
  }
}
