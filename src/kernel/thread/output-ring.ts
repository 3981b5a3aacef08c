import { word, type SharedMemory } from './shared-state';

/** The two streams of a cell. */
export type StreamName = 'stdout' | 'stderr';

/** Something taken out of the ring. */
export type RingRecord =
  { kind: 'text'; stream: StreamName; cell: number; text: string } | { kind: 'mark'; mark: number };

const HEADER = 8;
const kinds = { stdout: 0, stderr: 1, mark: 2, padding: 3 } as const;
const streams: readonly StreamName[] = ['stdout', 'stderr'];

/** The longest piece of text that is put in at once, in UTF-16 code units. */
const PIECE = 16 * 1024;

/**
 * The main thread's end of the ring: text goes in, in order, whether the event loop turns or not.
 *
 * A record is published by one store at its end, so whoever is cut off in the middle of writing
 * leaves nothing half-written. When the ring is full, the writer waits for the reader: output can
 * be slow, but neither lost nor without bound in memory.
 */
export class OutputRingWriter {
  private readonly state: Int32Array;
  private readonly bytes: Buffer;
  private marks = 0;

  /** @param tell - called when the reader should look; once, until it has looked. */
  constructor(
    memory: SharedMemory,
    private readonly tell: () => void
  ) {
    this.state = new Int32Array(memory.state);
    this.bytes = Buffer.from(memory.ring);
  }

  /** Puts in text that a cell wrote. */
  write(stream: StreamName, cell: number, text: string): void {
    for (let start = 0; start < text.length;) {
      let end = Math.min(text.length, start + PIECE);
      // A character of two units stays whole.
      if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) {
        end--;
      }
      const piece = start === 0 && end === text.length ? text : text.slice(start, end);
      this.put(kinds[stream], cell, Buffer.byteLength(piece), offset =>
        this.bytes.write(piece, offset)
      );
      start = end;
    }
    this.announce();
  }

  /**
   * Puts in a mark that says where in the output something else belongs. That something makes the reader
   * look by itself; only when it was quicker than its mark, the reader is told.
   */
  mark(mark: number): void {
    this.put(kinds.mark, mark, 0, () => undefined);
    if (Atomics.load(this.state, word.sought) >= mark) {
      this.announce();
    }
  }

  /** The number of the next mark. */
  nextMark(): number {
    return ++this.marks;
  }

  private put(kind: number, tag: number, length: number, fill: (offset: number) => void): void {
    const size = HEADER + ((length + 7) & ~7);
    const capacity = this.bytes.length;
    let position = Atomics.load(this.state, word.written);
    const untilEnd = capacity - ((position >>> 0) & (capacity - 1));
    if (untilEnd < size) {
      // Records do not wrap around; what is left at the end is skipped.
      this.waitForRoom(position, untilEnd);
      this.header(position, kinds.padding, 0, untilEnd - HEADER);
      position = (position + untilEnd) | 0;
      Atomics.store(this.state, word.written, position);
    }
    this.waitForRoom(position, size);
    const offset = (position >>> 0) & (capacity - 1);
    fill(offset + HEADER);
    this.header(position, kind, tag, length);
    Atomics.store(this.state, word.written, (position + size) | 0);
  }

  private header(position: number, kind: number, tag: number, length: number): void {
    const offset = (position >>> 0) & (this.bytes.length - 1);
    this.bytes.writeUInt32LE((length << 2) | kind, offset);
    this.bytes.writeUInt32LE(tag >>> 0, offset + 4);
  }

  private waitForRoom(position: number, size: number): void {
    for (;;) {
      const read = Atomics.load(this.state, word.read);
      if (this.bytes.length - ((position - read) >>> 0) >= size) {
        return;
      }
      this.announce();
      Atomics.wait(this.state, word.read, read);
    }
  }

  private announce(): void {
    if (Atomics.exchange(this.state, word.told, 1) === 0) {
      this.tell();
    }
  }
}

/** The worker's end of the ring. */
export class OutputRingReader {
  private readonly state: Int32Array;
  private readonly bytes: Buffer;

  constructor(memory: SharedMemory) {
    this.state = new Int32Array(memory.state);
    this.bytes = Buffer.from(memory.ring);
  }

  /** Promises to look: from here on the writer tells again when it has put something in. */
  look(): void {
    Atomics.store(this.state, word.told, 0);
  }

  /** Makes the writer tell when it puts in a mark, unless that is there already. */
  seek(mark: number): void {
    Atomics.store(this.state, word.sought, mark);
  }

  /** The next record; nothing when there is none. A mark stays until {@link take}. */
  peek(): RingRecord | undefined {
    for (;;) {
      const position = Atomics.load(this.state, word.read);
      if (position === Atomics.load(this.state, word.written)) {
        return undefined;
      }
      const offset = (position >>> 0) & (this.bytes.length - 1);
      const first = this.bytes.readUInt32LE(offset);
      const kind = first & 3;
      const length = first >>> 2;
      if (kind === kinds.padding) {
        this.advance(HEADER + length);
        continue;
      }
      const tag = this.bytes.readUInt32LE(offset + 4);
      if (kind === kinds.mark) {
        return { kind: 'mark', mark: tag };
      }
      const start = offset + HEADER;
      return {
        kind: 'text',
        stream: streams[kind]!,
        cell: tag,
        text: this.bytes.toString('utf8', start, start + length)
      };
    }
  }

  /** Takes away what {@link peek} showed. */
  take(): void {
    const position = Atomics.load(this.state, word.read);
    const offset = (position >>> 0) & (this.bytes.length - 1);
    const length = this.bytes.readUInt32LE(offset) >>> 2;
    this.advance(HEADER + ((length + 7) & ~7));
  }

  private advance(size: number): void {
    Atomics.add(this.state, word.read, size);
    Atomics.notify(this.state, word.read);
  }
}
