import { expect, test } from 'vitest';
import { encodeMessage, MessageReader, type RpcMessage } from '../../../src/kernel/language/rpc';

const messages: RpcMessage[] = [
  { jsonrpc: '2.0', id: 1, method: 'a', params: { text: 'ä🎈'.repeat(50) } },
  { jsonrpc: '2.0', method: 'b' },
  { jsonrpc: '2.0', id: 1, result: null }
];

test.each([1, 7, 64, 10_000])('messages arrive whole in chunks of %d bytes', size => {
  const all = Buffer.concat(messages.map(encodeMessage));
  const read: RpcMessage[] = [];
  const reader = new MessageReader(message => read.push(message));
  for (let start = 0; start < all.length; start += size) {
    reader.push(all.subarray(start, start + size));
  }
  expect(read).toEqual(messages);
});
