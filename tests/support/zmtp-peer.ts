import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Endpoint } from '../../src/kernel/zmtp';

/**
 * The other end of a ZMTP connection, written byte by byte from the specification, so that it does
 * not share the mistakes of what it tests.
 */
export class ZmtpPeer {
  private buffer = Buffer.alloc(0);
  private closed = false;
  private waiting: (() => void)[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('data', chunk => {
      this.buffer = Buffer.concat([this.buffer, chunk]);
      this.wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.wake();
    });
    onTestFinished(() => void socket.destroy());
  }

  /** Connects and does no more. */
  static async connect(endpoint: Endpoint): Promise<ZmtpPeer> {
    const socket = connect(endpoint as { path: string });
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new ZmtpPeer(socket);
  }

  /** Connects and shakes hands. */
  static async open(endpoint: Endpoint, type: string, identity = ''): Promise<ZmtpPeer> {
    const peer = await ZmtpPeer.connect(endpoint);
    peer.write(greeting());
    await peer.take(64);
    peer.write(command('READY', [property('Socket-Type', type), property('Identity', identity)]));
    const { flags, body } = await peer.frame();
    if (flags !== 4 || body.toString('latin1', 1, 6) !== 'READY') {
      throw new Error(`refused: ${body.toString('latin1')}`);
    }
    return peer;
  }

  write(...chunks: Buffer[]): void {
    this.socket.write(Buffer.concat(chunks));
  }

  /** Sends a message. */
  send(...parts: (string | Buffer)[]): void {
    this.write(...parts.map((part, index) => frame(Buffer.from(part), index < parts.length - 1)));
  }

  /** The next message, as text. */
  async receive(): Promise<string[]> {
    const parts: string[] = [];
    for (;;) {
      const { flags, body } = await this.frame();
      parts.push(body.toString());
      if ((flags & 1) === 0) {
        return parts;
      }
    }
  }

  /** The next frame. */
  async frame(): Promise<{ flags: number; body: Buffer }> {
    const flags = (await this.take(1))[0]!;
    const length =
      (flags & 2) === 0 ? (await this.take(1))[0]! : Number((await this.take(8)).readBigUInt64BE());
    return { flags, body: await this.take(length) };
  }

  /** The next bytes. */
  async take(length: number): Promise<Buffer> {
    while (this.buffer.length < length) {
      if (this.closed) {
        throw new Error('the connection was closed');
      }
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
    const bytes = this.buffer.subarray(0, length);
    this.buffer = this.buffer.subarray(length);
    return bytes;
  }

  /** Stops to read, so that what is sent piles up on the other side. */
  stall(): void {
    this.socket.pause();
  }

  /** Reads on, and forgets what it reads. */
  swallow(): void {
    this.socket
      .removeAllListeners('data')
      .on('data', () => undefined)
      .resume();
  }

  /** Resolves when the other end has closed the connection. */
  async whenClosed(): Promise<void> {
    while (!this.closed) {
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
  }

  private wake(): void {
    this.waiting.splice(0).forEach(resume => resume());
  }
}

/** A greeting of ZMTP 3.1, as libzmq sends it. */
export function greeting({ major = 3, mechanism = 'NULL' } = {}): Buffer {
  const bytes = Buffer.alloc(64);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = major;
  bytes[11] = 1;
  bytes.write(mechanism, 12);
  return bytes;
}

/** A frame of a message. */
export function frame(body: Buffer, more = false): Buffer {
  if (body.length < 256) {
    return Buffer.concat([Buffer.from([more ? 1 : 0, body.length]), body]);
  }
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(body.length));
  return Buffer.concat([Buffer.from([more ? 3 : 2]), length, body]);
}

/** A command. */
export function command(name: string, data: Buffer[] = []): Buffer {
  const body = Buffer.concat([Buffer.from([name.length]), Buffer.from(name), ...data]);
  return Buffer.concat([Buffer.from([4, body.length]), body]);
}

/** A property of a READY command. */
export function property(name: string, value: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  return Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name),
    length,
    Buffer.from(value, 'latin1')
  ]);
}
