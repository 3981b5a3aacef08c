import { array, assert, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import {
  createSharedMemory,
  OutputRingReader,
  OutputRingWriter,
  type RingRecord
} from '../../../src/kernel/thread';

function pair(bytes?: number) {
  const memory = createSharedMemory(bytes);
  let told = 0;
  const writer = new OutputRingWriter(memory, () => told++);
  const reader = new OutputRingReader(memory);
  const readAll = (): RingRecord[] => {
    const records: RingRecord[] = [];
    for (let record = reader.peek(); record; record = reader.peek()) {
      records.push(record);
      reader.take();
    }
    return records;
  };
  return { memory, writer, reader, readAll, told: () => told };
}

test('text and marks come out in the order they went in', () => {
  const { writer, readAll } = pair();
  writer.write('stdout', 1, 'eins ');
  writer.write('stderr', 1, 'zwei €');
  const mark = writer.nextMark();
  writer.mark(mark);
  writer.write('stdout', 2, 'drei 🎈');
  expect(readAll()).toEqual([
    { kind: 'text', stream: 'stdout', cell: 1, text: 'eins ' },
    { kind: 'text', stream: 'stderr', cell: 1, text: 'zwei €' },
    { kind: 'mark', mark },
    { kind: 'text', stream: 'stdout', cell: 2, text: 'drei 🎈' }
  ]);
  expect(readAll()).toEqual([]);
});

test('the reader is told of a mark only when it was looking for it', () => {
  const { writer, reader, told } = pair();
  writer.mark(1);
  expect(told()).toBe(0);
  reader.seek(2);
  writer.mark(2);
  expect(told()).toBe(1);
});

test('any text survives, however often the ring turns', () => {
  const { writer, readAll } = pair(256 * 1024);
  assert(
    property(
      array(oneof(string({ unit: 'binary' }), string({ minLength: 20_000, maxLength: 40_000 }))),
      texts => {
        for (const text of texts) {
          writer.write('stdout', 7, text);
          const joined = readAll()
            .map(record => (record.kind === 'text' ? record.text : ''))
            .join('');
          expect(joined).toBe(Buffer.from(text).toString());
        }
      }
    ),
    { numRuns: 60 }
  );
});

test('the reader is told once, until it has looked', () => {
  const { writer, reader, told } = pair();
  writer.write('stdout', 1, 'a');
  writer.write('stdout', 1, 'b');
  expect(told()).toBe(1);
  reader.look();
  writer.write('stdout', 1, 'c');
  expect(told()).toBe(2);
});
