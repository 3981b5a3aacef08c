import type { Socket } from 'node:net';
import { reasonOf } from '../../protocol';
import {
  ByteQueue,
  decodeCommand,
  encodeCommand,
  encodeMessage,
  FrameError,
  takeFrame,
  type Frame
} from './frame';
import {
  checkGreeting,
  decodeReady,
  encodeError,
  encodeGreeting,
  encodeReady,
  GREETING_LENGTH,
  type PeerMetadata,
  type SocketType
} from './handshake';

/** Who wants to hear of what happens on a connection. */
export interface PeerListener {
  /** The handshake is done. */
  ready(peer: Peer): void;
  /** A whole message arrived. */
  message(peer: Peer, parts: Buffer[]): void;
  /** A command arrived that is not part of the protocol's housekeeping. */
  command?(peer: Peer, name: string, data: Buffer): void;
  /** The connection ended; called once, also for one that never became ready. */
  closed(peer: Peer): void;
}

/** How long a handshake may take, in milliseconds. */
const HANDSHAKE_TIMEOUT = 30_000;

/** The most bytes that one message may have in all its parts. */
const MAX_MESSAGE_LENGTH = 2 * 1024 * 1024 * 1024;

/** Up to this length, what is sent in one turn is joined before it is written: one system call for all. */
const JOIN_LIMIT = 64 * 1024;

/** How long a message waits that need not go at once, in milliseconds. */
const PATIENCE = 5;

/**
 * One connection of a ZeroMQ socket: greeting, handshake, messages in both directions.
 *
 * Speaks ZMTP 3.0 (https://rfc.zeromq.org/spec/23/) with the mechanism `NULL`, and answers the
 * `PING` of 3.1. Whatever breaks the rules ends the connection, never more than that.
 */
export class Peer {
  /** Why the connection was ended by us, if it was. */
  failure: string | undefined;

  private readonly queue = new ByteQueue();
  private stage: 'greeting' | 'handshake' | 'traffic' | 'closed' = 'greeting';
  private parts: Buffer[] = [];
  private partsLength = 0;
  private metadata: PeerMetadata = { type: '', identity: Buffer.alloc(0) };
  /** What was sent in this turn of the event loop. */
  private outgoing: Uint8Array[] = [];
  private outgoingLength = 0;
  private immediate: NodeJS.Immediate | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly type: SocketType,
    private readonly listener: PeerListener
  ) {
    socket.setNoDelay(true);
    socket.setTimeout(HANDSHAKE_TIMEOUT, () => this.fail('the handshake took too long'));
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    // A close follows each error and says all we need.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.stage = 'closed';
      listener.closed(this);
    });
    socket.write(encodeGreeting());
  }

  /** The name the other end wants to be addressed by; empty when it gave none. */
  get identity(): Buffer {
    return this.metadata.identity;
  }

  /** How many bytes wait to be read by the other end. */
  get backlog(): number {
    return this.socket.writableLength + this.outgoingLength;
  }

  /** How many bytes were handed to the system so far. */
  get bytesSent(): number {
    return this.socket.bytesWritten - this.socket.writableLength;
  }

  /**
   * Sends one message, together with the others of this turn of the event loop: whoever reads them wakes
   * up once. Forgotten when the connection is gone.
   *
   * @param hurried - false for a message that may wait a few milliseconds for others to go with.
   */
  send(parts: readonly Uint8Array[], hurried = true): void {
    if (this.stage !== 'traffic') {
      return;
    }
    this.schedule(hurried);
    for (const chunk of encodeMessage(parts)) {
      this.outgoing.push(chunk);
      this.outgoingLength += chunk.length;
    }
    if (this.outgoingLength > JOIN_LIMIT) {
      this.flush();
    }
  }

  /** Ends the connection. */
  close(): void {
    this.socket.destroy();
  }

  private schedule(hurried: boolean): void {
    if (hurried) {
      this.immediate ??= setImmediate(() => this.flush());
    } else if (!this.immediate) {
      this.timer ??= setTimeout(() => this.flush(), PATIENCE);
    }
  }

  private flush(): void {
    clearImmediate(this.immediate);
    clearTimeout(this.timer);
    this.immediate = undefined;
    this.timer = undefined;
    const { outgoing, outgoingLength } = this;
    this.outgoing = [];
    this.outgoingLength = 0;
    if (outgoingLength > JOIN_LIMIT) {
      this.socket.cork();
      outgoing.forEach(chunk => this.socket.write(chunk));
      this.socket.uncork();
    } else if (outgoingLength > 0) {
      this.socket.write(Buffer.concat(outgoing, outgoingLength));
    }
  }

  private receive(chunk: Buffer): void {
    this.queue.push(chunk);
    try {
      this.advance();
    } catch (error) {
      this.fail(reasonOf(error));
    }
  }

  private advance(): void {
    if (this.stage === 'greeting') {
      const greeting = this.queue.take(GREETING_LENGTH);
      if (!greeting) {
        return;
      }
      checkGreeting(greeting);
      this.stage = 'handshake';
      this.socket.write(encodeReady(this.type));
    }
    // The stage is asked each time: a listener may have closed the connection.
    while (this.stage === 'handshake' || this.stage === 'traffic') {
      const frame = takeFrame(this.queue);
      if (!frame) {
        return;
      }
      this.take(frame);
    }
  }

  private take(frame: Frame): void {
    if (this.stage === 'handshake') {
      if (!frame.command) {
        throw new FrameError('a message before the handshake was done');
      }
      this.metadata = decodeReady(frame.body, this.type);
      this.stage = 'traffic';
      this.socket.setTimeout(0);
      this.listener.ready(this);
    } else if (frame.command) {
      this.takeCommand(frame.body);
    } else {
      this.takePart(frame);
    }
  }

  private takeCommand(body: Buffer): void {
    const { name, data } = decodeCommand(body);
    if (name === 'PING') {
      // After two bytes of time-to-live comes a context that the answer repeats.
      this.socket.write(encodeCommand('PONG', data.subarray(2)));
    } else if (name === 'ERROR') {
      throw new FrameError('the other end reports an error');
    } else {
      this.listener.command?.(this, name, data);
    }
  }

  private takePart(frame: Frame): void {
    this.partsLength += frame.body.length;
    if (this.partsLength > MAX_MESSAGE_LENGTH) {
      throw new FrameError(`a message of more than ${MAX_MESSAGE_LENGTH} bytes`);
    }
    this.parts.push(frame.body);
    if (!frame.more) {
      const parts = this.parts;
      this.parts = [];
      this.partsLength = 0;
      this.listener.message(this, parts);
    }
  }

  private fail(reason: string): void {
    this.failure = reason;
    if (this.stage === 'handshake') {
      // The other end learns why; whether it reads that is its own affair.
      this.socket.end(encodeError(reason));
    }
    this.socket.destroy();
  }
}
