import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createHeader, decodeMessage, encodeMessage, Signer } from '../../../src/kernel/wire';

const header = { ...createHeader('execute_request', 'session'), msg_id: '1' };

function parts(key: string, overrides: Record<number, string> = {}): Buffer[] {
  const signed = [JSON.stringify(header), '{}', '{"cellId":"c"}', '{"code":"1"}'];
  for (const [index, text] of Object.entries(overrides)) {
    signed[Number(index)] = text;
  }
  const hmac = createHmac('sha256', key);
  signed.forEach(text => hmac.update(text));
  const signature = key === '' ? '' : hmac.digest('hex');
  return ['route', 'back', '<IDS|MSG>', signature, ...signed, 'raw'].map(text => Buffer.from(text));
}

test('a signed message is read with everything it carries', () => {
  const message = decodeMessage(parts('secret'), new Signer('secret', 'sha256'))!;
  expect(message.identities.map(String)).toEqual(['route', 'back']);
  expect(message).toMatchObject({
    header: { msg_type: 'execute_request', session: 'session' },
    parentHeader: {},
    metadata: { cellId: 'c' },
    content: { code: '1' }
  });
  expect(message.buffers.map(String)).toEqual(['raw']);
});

test('what we send can be read by whoever has the key', () => {
  const signer = new Signer('secret', 'sha256');
  const sent = encodeMessage(
    {
      identities: [Buffer.from('topic')],
      header: createHeader('stream', 'session'),
      parentHeader: header,
      metadata: {},
      content: { name: 'stdout', text: '“ok”\n' },
      buffers: [Buffer.from([0, 255])]
    },
    signer
  );
  const read = decodeMessage(
    sent.map(part => Buffer.from(part)),
    new Signer('secret', 'sha256')
  )!;
  expect(read.content).toEqual({ name: 'stdout', text: '“ok”\n' });
  expect(read.parentHeader).toEqual(header);
  expect(read.buffers[0]).toEqual(Buffer.from([0, 255]));
});

test.each<[string, (good: Buffer[]) => Buffer[]]>([
  ['another content than was signed', good => good.with(7, Buffer.from('{"code":"2"}'))],
  ['no signature', good => good.with(3, Buffer.from(''))],
  ['a signature of another length', good => good.with(3, Buffer.from('abc'))],
  ['no delimiter', good => good.toSpliced(2, 1)],
  ['too few parts', good => good.slice(0, 6)]
])('%s is nobody we know', (_, change) => {
  const signer = new Signer('secret', 'sha256');
  expect(decodeMessage(change(parts('secret')), signer)).toBeUndefined();
  expect(decodeMessage(parts('secret'), signer)).toBeDefined();
});

test.each([
  ['text that is no JSON', { 0: 'nonsense' }],
  ['JSON that is no object', { 3: '[1]' }],
  ['a header without a type', { 0: '{"msg_id":"1"}' }]
])('%s is no message', (_, overrides) => {
  expect(decodeMessage(parts('k', overrides), new Signer('k', 'sha256'))).toBeUndefined();
});

test('a message that is sent a second time is not taken again', () => {
  const signer = new Signer('secret', 'sha256');
  expect(decodeMessage(parts('secret'), signer)).toBeDefined();
  expect(decodeMessage(parts('secret'), signer)).toBeUndefined();
});

test('without a key nothing is signed and everything is taken', () => {
  const signer = new Signer('', 'sha256');
  expect(decodeMessage(parts(''), signer)).toBeDefined();
  expect(decodeMessage(parts(''), signer)).toBeDefined();
  expect(signer.sign([Buffer.from('x')])).toBe('');
});
