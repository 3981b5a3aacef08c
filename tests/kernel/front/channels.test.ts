import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Channels, type ChannelListener } from '../../../src/kernel/front/channels';
import { encodeMessage, createHeader, Signer, type ConnectionInfo } from '../../../src/kernel/wire';
import { temporaryFolder } from '../../support/temporary-folder';
import { ZmtpPeer } from '../../support/zmtp-peer';

/** A kernel's sockets, as files. */
async function sockets() {
  const folder = temporaryFolder();
  const at = (name: string) => ({ path: path.join(folder, name) });
  const endpoints = {
    shell: at('shell'),
    control: at('control'),
    stdin: at('stdin'),
    iopub: at('iopub'),
    hb: at('hb')
  };
  const connection: ConnectionInfo = { key: '', hash: 'sha256', endpoints };
  const channels = new Channels(connection);
  onTestFinished(() => channels.close());
  await channels.bind();
  return { channels, endpoints };
}

/** A listener that takes note, and a way to wait for what it hears. */
function listener() {
  const heard: string[] = [];
  let wake = (): void => undefined;
  const hear = (type: string): void => {
    heard.push(type);
    wake();
  };
  const until = async (count: number): Promise<string[]> => {
    while (heard.length < count) {
      await new Promise<void>(resolve => (wake = resolve));
    }
    return heard;
  };
  const listens: ChannelListener = {
    request: request => hear(`${request.channel} ${request.header.msg_type}`),
    input: message => hear(`stdin ${message.header.msg_type}`)
  };
  return { listens, until };
}

function message(type: string): Uint8Array[] {
  const header = createHeader(type, 'client');
  const rest = { identities: [], parentHeader: {}, metadata: {}, content: {}, buffers: [] };
  return encodeMessage({ header, ...rest }, new Signer('', 'sha256'));
}

test('what comes before there is a listener is told when there is one', async () => {
  const { channels, endpoints } = await sockets();
  const control = await ZmtpPeer.open(endpoints.control, 'DEALER', 'ada');
  const subscriber = await ZmtpPeer.open(endpoints.iopub, 'SUB');
  control.send(...message('kernel_info_request').map(part => Buffer.from(part)));
  subscriber.send(Buffer.from([1]));
  // Whoever subscribes is welcomed, so all that was sent before has arrived.
  await subscriber.receive();
  const { listens, until } = listener();
  channels.serve(listens);
  control.send(...message('interrupt_request').map(part => Buffer.from(part)));
  expect(await until(2)).toEqual(['control kernel_info_request', 'control interrupt_request']);
});

test('requests wait for someone who listens to what they lead to', async () => {
  // They do not wait for ever, but here nobody's patience ends.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { channels, endpoints } = await sockets();
  const { listens, until } = listener();
  channels.serve(listens);
  const shell = await ZmtpPeer.open(endpoints.shell, 'DEALER', 'ada');
  const control = await ZmtpPeer.open(endpoints.control, 'DEALER', 'ada');
  shell.send(...message('execute_request').map(part => Buffer.from(part)));
  control.send(...message('interrupt_request').map(part => Buffer.from(part)));
  expect(await until(1)).toEqual(['control interrupt_request']);
  (await ZmtpPeer.open(endpoints.iopub, 'SUB')).send(Buffer.from([1]));
  expect((await until(2))[1]).toBe('shell execute_request');
});

test('a message that may wait comes before what follows it, and comes when nothing does', async () => {
  const { channels, endpoints } = await sockets();
  const subscriber = await ZmtpPeer.open(endpoints.iopub, 'SUB');
  subscriber.send(Buffer.from([1]));
  await subscriber.receive();
  const next = async (): Promise<unknown> => JSON.parse((await subscriber.receive()).at(-1)!);
  channels.publish('status', { order: 1 }, {}, { hurried: false });
  channels.publish('execute_input', { order: 2 }, {}, { hurried: false });
  channels.publish('status', { order: 3 }, {});
  expect([await next(), await next(), await next()]).toEqual([
    { order: 1 },
    { order: 2 },
    { order: 3 }
  ]);
  channels.publish('status', { order: 4 }, {}, { hurried: false });
  expect(await next()).toEqual({ order: 4 });
});

test('each message names the request that it follows from', async () => {
  const { channels, endpoints } = await sockets();
  const subscriber = await ZmtpPeer.open(endpoints.iopub, 'SUB');
  subscriber.send(Buffer.from([1]));
  await subscriber.receive();
  const requests = [createHeader('execute_request', 'ada'), createHeader('execute_request', 'bob')];
  const order = [0, 0, 1, 0];
  order.forEach(index => channels.publish('stream', {}, requests[index]!));
  channels.publish('status', {}, {});
  const parents: unknown[] = [];
  for (let count = 0; count < 5; count++) {
    parents.push(JSON.parse((await subscriber.receive()).at(-3)!));
  }
  expect(parents).toEqual([...order.map(index => requests[index]), {}]);
});
