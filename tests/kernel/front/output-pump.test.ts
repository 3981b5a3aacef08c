import { expect, test } from 'vitest';
import { OutputPump } from '../../../src/kernel/front/output-pump';
import {
  createSharedMemory,
  OutputRingReader,
  OutputRingWriter,
  type MarkedFromSession
} from '../../../src/kernel/thread';

/** A pump whose session and front end are played by the test. */
function played() {
  const memory = createSharedMemory();
  const writer = new OutputRingWriter(memory, () => undefined);
  const sent: string[] = [];
  const channels = { fluent: true, whenFluent: () => Promise.resolve() };
  const pump = new OutputPump(new OutputRingReader(memory), {
    stream: (name, cell, text) => sent.push(`${name} ${cell}: ${text}`),
    marked: message => sent.push(`${message.type} ${message.mark}`),
    channels
  });
  const message = (mark: number): MarkedFromSession => ({ type: 'settled', id: 1, mark });
  return { writer, pump, sent, channels, message };
}

test('small texts of one cell and stream become one message', () => {
  const { writer, pump, sent } = played();
  for (const text of ['a', 'b', 'c']) {
    writer.write('stdout', 1, text);
  }
  writer.write('stderr', 1, 'd');
  writer.write('stdout', 1, 'e');
  writer.write('stdout', 2, 'f');
  pump.run();
  expect(sent).toEqual(['stdout 1: abc', 'stderr 1: d', 'stdout 1: e', 'stdout 2: f']);
});

test('a message stands where its mark stands, whichever arrives first', () => {
  const { writer, pump, sent, message } = played();
  writer.write('stdout', 1, 'before');
  pump.add(message(1));
  writer.mark(1);
  writer.write('stdout', 1, 'between');
  writer.mark(2);
  writer.write('stdout', 1, 'after');
  pump.run();
  expect(sent).toEqual(['stdout 1: before', 'settled 1', 'stdout 1: between']);
  pump.add(message(2));
  expect(sent.slice(3)).toEqual(['settled 2', 'stdout 1: after']);
});

test('a message whose mark was never set is due with the next one', () => {
  const { writer, pump, sent, message } = played();
  pump.add(message(1));
  pump.add(message(2));
  expect(sent).toEqual([]);
  writer.write('stdout', 1, 'x');
  writer.mark(2);
  pump.run();
  expect(sent).toEqual(['stdout 1: x', 'settled 1', 'settled 2']);
});

test('nothing is sent while those who listen are behind, and nothing is lost', async () => {
  const { writer, pump, sent, channels } = played();
  let catchUp = (): void => undefined;
  channels.fluent = false;
  channels.whenFluent = () => new Promise(resolve => (catchUp = resolve));
  writer.write('stdout', 1, 'first');
  pump.run();
  writer.write('stdout', 1, 'second');
  pump.run();
  expect(sent).toEqual(['stdout 1: first']);
  await new Promise(resolve => setImmediate(resolve));
  channels.fluent = true;
  catchUp();
  await new Promise(resolve => setImmediate(resolve));
  expect(sent).toEqual(['stdout 1: first', 'stdout 1: second']);
});
