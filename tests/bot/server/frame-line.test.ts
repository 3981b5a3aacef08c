import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { FrameLine } from '../../../src/bot/server';

/** A line whose calls of the system are kept, each with what it wrote. */
function scene() {
  const calls: string[] = [];
  const stream = new Duplex({
    decodeStrings: false,
    read: () => undefined,
    write: (chunk, _, done) => {
      calls.push(String(chunk));
      done();
    },
    writev: (chunks, done) => {
      calls.push(chunks.map(({ chunk }) => String(chunk)).join(' '));
      done();
    }
  });
  const socket = {
    OPEN: 1,
    readyState: 1,
    send: (text: string) => stream.write(text),
    close: (code: number) => stream.write(`close ${code}`)
  };
  return { calls, socket, line: new FrameLine(socket as unknown as WebSocket, stream) };
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

test('what is sent within one turn goes out together, in order', async () => {
  const { calls, line } = scene();
  line.send('one');
  await Promise.resolve();
  line.send('two');
  expect(calls).toEqual([]);
  await turn();
  expect(calls).toEqual(['one two']);
  line.send('three');
  await turn();
  expect(calls).toEqual(['one two', 'three']);
});

test('what was sent before the end is sent before whatever comes next', () => {
  const { calls, line } = scene();
  line.send('goodbye');
  line.close(1001);
  expect(calls).toEqual(['goodbye close 1001']);
});

test('nothing is sent to one who has gone', async () => {
  const { calls, line, socket } = scene();
  socket.readyState = 3;
  line.send('one');
  await turn();
  expect(calls).toEqual([]);
});
