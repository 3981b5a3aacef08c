/** The unit ZMTP sends: a part of a message, or a command between the two ends. */
export interface Frame {
  /** True when further parts of the same message follow. */
  more: boolean;
  command: boolean;
  body: Buffer;
}

/** The largest frame that is taken, in bytes; a length beyond it is taken for garbage. */
export const MAX_FRAME_LENGTH = 1024 * 1024 * 1024;

const MORE = 0x01;
const LONG = 0x02;
const COMMAND = 0x04;
const SHORT_LENGTH = 255;

/** A frame that breaks the rules of ZMTP; the connection it came by cannot be used any further. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** The bytes of one message, its parts in order. The parts themselves are not copied. */
export function encodeMessage(parts: readonly Uint8Array[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  parts.forEach((part, index) => {
    chunks.push(header(part.length, index < parts.length - 1 ? MORE : 0), part);
  });
  return chunks;
}

/** The bytes of a command: its name and what belongs to it. */
export function encodeCommand(name: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from([name.length]), Buffer.from(name, 'latin1'), data]);
  return Buffer.concat([header(body.length, COMMAND), body]);
}

/**
 * Takes a command apart.
 *
 * @throws FrameError when its name is longer than the command.
 */
export function decodeCommand(body: Buffer): { name: string; data: Buffer } {
  const length = body[0] ?? 0;
  if (length === 0 || 1 + length > body.length) {
    throw new FrameError('a command without a name');
  }
  return { name: body.toString('latin1', 1, 1 + length), data: body.subarray(1 + length) };
}

function header(length: number, flags: number): Buffer {
  if (length <= SHORT_LENGTH) {
    return Buffer.from([flags, length]);
  }
  const bytes = Buffer.allocUnsafe(9);
  bytes[0] = flags | LONG;
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

/** Bytes as they arrive, handed out in the lengths that are asked for. */
export class ByteQueue {
  private chunks: Buffer[] = [];
  private size = 0;

  get length(): number {
    return this.size;
  }

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
  }

  /** The next `length` bytes without taking them; nothing when there are not so many. */
  peek(length: number): Buffer | undefined {
    if (this.size < length) {
      return undefined;
    }
    // Joined only when the whole is there: a large message is copied once, however it arrived.
    if ((this.chunks[0]?.length ?? 0) < length) {
      this.chunks = [Buffer.concat(this.chunks)];
    }
    return (this.chunks[0] ?? Buffer.alloc(0)).subarray(0, length);
  }

  /** Takes the next `length` bytes; nothing when there are not so many. */
  take(length: number): Buffer | undefined {
    const bytes = this.peek(length);
    if (bytes && length > 0) {
      const rest = this.chunks[0]!.subarray(length);
      if (rest.length > 0) {
        this.chunks[0] = rest;
      } else {
        this.chunks.shift();
      }
      this.size -= length;
    }
    return bytes;
  }
}

/**
 * The next frame of a queue, or nothing when it has not arrived whole.
 *
 * Source of the format: ZMTP 3.0 (https://rfc.zeromq.org/spec/23/), “Framing”.
 *
 * @throws FrameError for reserved flags, an impossible length, or a command with parts.
 */
export function takeFrame(queue: ByteQueue): Frame | undefined {
  const start = queue.peek(1);
  if (!start) {
    return undefined;
  }
  const flags = start[0]!;
  if ((flags & ~(MORE | LONG | COMMAND)) !== 0) {
    throw new FrameError(`flags ${flags} are reserved`);
  }
  const command = (flags & COMMAND) !== 0;
  const more = (flags & MORE) !== 0;
  if (command && more) {
    throw new FrameError('a command has one part only');
  }
  const long = (flags & LONG) !== 0;
  const head = queue.peek(long ? 9 : 2);
  if (!head) {
    return undefined;
  }
  const length = long ? Number(head.readBigUInt64BE(1)) : head[1]!;
  if (length > MAX_FRAME_LENGTH) {
    throw new FrameError(`a frame of ${length} bytes`);
  }
  if (queue.length < head.length + length) {
    return undefined;
  }
  queue.take(head.length);
  return { more, command, body: queue.take(length)! };
}
