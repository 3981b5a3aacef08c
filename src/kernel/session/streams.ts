import { Writable } from 'node:stream';
import type { OutputRingWriter, StreamName } from '../thread';
import { cellStorage } from './cell-context';

/** The part of a stream's write that callers of `process.stdout.write` use. */
type Write = (
  chunk: string | Uint8Array,
  encoding?: BufferEncoding | ((error?: Error | null) => void),
  callback?: (error?: Error | null) => void
) => boolean;

/** Sends what is written to the process's streams to the cell that wrote it. */
export function installStreams(ring: OutputRingWriter): void {
  const descriptors = { stdout: 1, stderr: 2 } as const;
  for (const [name, fd] of Object.entries(descriptors)) {
    const stream = createStream(ring, name as StreamName, fd);
    Object.defineProperty(process, name, { value: stream, configurable: true, enumerable: true });
  }
}

function createStream(ring: OutputRingWriter, name: StreamName, fd: number): Writable {
  const decoder = new TextDecoder();
  const put = (chunk: string | Uint8Array, encoding?: BufferEncoding): void => {
    const text =
      typeof chunk !== 'string'
        ? decoder.decode(chunk, { stream: true })
        : encoding === undefined || /^utf-?8$/i.test(encoding)
          ? chunk
          : Buffer.from(chunk, encoding).toString();
    if (text !== '') {
      ring.write(name, cellStorage.getStore()?.id ?? 0, text);
    }
  };
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, encoding, done) => {
      put(chunk, encoding);
      done();
    }
  });
  // What is written is out at once, so the machinery of a buffered stream would only cost time.
  const write: Write = (chunk, encoding, callback) => {
    if (stream.writableEnded) {
      return Writable.prototype.write.call(stream, chunk, encoding as BufferEncoding, callback);
    }
    put(chunk, typeof encoding === 'string' ? encoding : undefined);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) {
      process.nextTick(done);
    }
    return true;
  };
  return Object.assign(stream, { write, fd, _type: 'pipe' });
}
