import { spawnSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Echo, Publisher, Router, type Endpoint } from '../../../src/kernel/zmtp';
import { temporaryFolder } from '../../support/temporary-folder';
import { command, greeting, property, ZmtpPeer } from '../../support/zmtp-peer';

interface Bound {
  bind(endpoint: Endpoint): Promise<void>;
  readonly port: number | undefined;
  close(): void;
}

async function bound<S extends Bound>(socket: S): Promise<{ socket: S; endpoint: Endpoint }> {
  await socket.bind({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => socket.close());
  return { socket, endpoint: { host: '127.0.0.1', port: socket.port! } };
}

/** A router, and a way to wait for what it gets. */
async function router() {
  const got: { sender: string; parts: string[] }[] = [];
  let wake = (): void => undefined;
  const { socket, endpoint } = await bound(
    new Router((sender, parts) => {
      got.push({ sender: sender.toString('latin1'), parts: parts.map(String) });
      wake();
    })
  );
  const next = async () => {
    while (got.length === 0) {
      await new Promise<void>(resolve => (wake = resolve));
    }
    return got.shift()!;
  };
  return { socket, endpoint, next };
}

describe('a router', () => {
  test('hears who speaks, and answers that one only', async () => {
    const { socket, endpoint, next } = await router();
    const ada = await ZmtpPeer.open(endpoint, 'DEALER', 'ada');
    const bob = await ZmtpPeer.open(endpoint, 'DEALER', 'bob');
    ada.send('hello', '', 'world');
    expect(await next()).toEqual({ sender: 'ada', parts: ['hello', '', 'world'] });
    bob.send('I too');
    expect((await next()).sender).toBe('bob');
    socket.send(Buffer.from('bob'), [Buffer.from('to bob')]);
    socket.send(Buffer.from('ada'), [Buffer.from('to'), Buffer.from('ada')]);
    expect(await ada.receive()).toEqual(['to', 'ada']);
    expect(await bob.receive()).toEqual(['to bob']);
  });

  test('gives a name to whoever has none', async () => {
    const { socket, endpoint, next } = await router();
    const peer = await ZmtpPeer.open(endpoint, 'DEALER');
    peer.send('who am I');
    const { sender } = await next();
    expect(socket.send(Buffer.from(sender, 'latin1'), [Buffer.from('you')])).toBe(true);
    expect(await peer.receive()).toEqual(['you']);
  });

  test('says when nobody has that name', async () => {
    const { socket } = await router();
    expect(socket.send(Buffer.from('nobody'), [Buffer.from('x')])).toBe(false);
  });

  test('takes a peer back under its name, and lets go of the former connection', async () => {
    const { socket, endpoint, next } = await router();
    const former = await ZmtpPeer.open(endpoint, 'DEALER', 'ada');
    const present = await ZmtpPeer.open(endpoint, 'DEALER', 'ada');
    await former.whenClosed();
    present.send('back');
    expect(await next()).toEqual({ sender: 'ada', parts: ['back'] });
    socket.send(Buffer.from('ada'), [Buffer.from('welcome')]);
    expect(await present.receive()).toEqual(['welcome']);
  });

  test('takes messages of any size, in whatever pieces they arrive', async () => {
    const { socket, endpoint, next } = await router();
    const peer = await ZmtpPeer.open(endpoint, 'DEALER', 'ada');
    const large = 'x'.repeat(3_000_000);
    peer.send('a', large, 'b');
    expect((await next()).parts).toEqual(['a', large, 'b']);
    for (const byte of Buffer.from([1, 2, 104, 105, 0, 1, 33])) {
      peer.write(Buffer.from([byte]));
    }
    expect((await next()).parts).toEqual(['hi', '!']);
    socket.send(Buffer.from('ada'), [Buffer.from(large)]);
    expect(await peer.receive()).toEqual([large]);
  });

  test('sends what is said in one turn in its order, whatever its size', async () => {
    const { socket, endpoint, next } = await router();
    const peer = await ZmtpPeer.open(endpoint, 'DEALER', 'ada');
    peer.send('hello');
    await next();
    const said = [
      'one',
      'x'.repeat(300_000),
      'two',
      'y'.repeat(50_000),
      'z'.repeat(50_000),
      'three'
    ];
    said.forEach(text => socket.send(Buffer.from('ada'), [Buffer.from(text), Buffer.from('!')]));
    for (const text of said) {
      expect(await peer.receive()).toEqual([text, '!']);
    }
  });

  test('answers a ping and overlooks commands that it does not know', async () => {
    const { endpoint, next } = await router();
    const peer = await ZmtpPeer.open(endpoint, 'DEALER', 'ada');
    peer.write(command('PING', [Buffer.from([0, 10]), Buffer.from('context')]));
    const { flags, body } = await peer.frame();
    expect(flags).toBe(4);
    expect(body.toString('latin1')).toBe('\x04PONGcontext');
    peer.write(command('SOMETHING', [Buffer.from('else')]));
    peer.send('still here');
    expect((await next()).parts).toEqual(['still here']);
  });

  test('listens at a socket file, also where a dead kernel left one behind', async () => {
    const endpoint = { path: path.join(temporaryFolder(), 'kernel-1') };
    const killed =
      'require("node:net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))';
    spawnSync(process.execPath, ['-e', killed, endpoint.path]);
    expect(lstatSync(endpoint.path).isSocket()).toBe(true);
    const heard = new Promise<string>(resolve => {
      const socket = new Router((_, parts) => resolve(String(parts[0])));
      onTestFinished(() => socket.close());
      void socket.bind(endpoint).then(async () => {
        (await ZmtpPeer.open(endpoint, 'DEALER', 'ada')).send('by file');
      });
    });
    expect(await heard).toBe('by file');
  });
});

describe('who breaks the rules loses the connection, and nobody else does', () => {
  const cases: [string, Buffer][] = [
    ['no greeting', Buffer.from(`GET / HTTP/1.1\r\nHost: localhost\r\n\r\n${' '.repeat(64)}`)],
    ['an old version', greeting({ major: 2 })],
    ['a mechanism that is not offered', greeting({ mechanism: 'CURVE' })],
    ['a message before the handshake', Buffer.concat([greeting(), Buffer.from([0, 1, 65])])],
    [
      'a socket that does not go with a router',
      Buffer.concat([greeting(), command('READY', [property('Socket-Type', 'SUB')])])
    ],
    ['a READY that ends too early', Buffer.concat([greeting(), command('READY', [Buffer.of(99)])])],
    ['reserved flags', Buffer.concat([greeting(), ready(), Buffer.from([0x88, 0])])],
    [
      'a length that nobody has',
      Buffer.concat([greeting(), ready(), Buffer.from([2, 255, 255, 255, 255, 255, 255, 255, 255])])
    ],
    ['a command in parts', Buffer.concat([greeting(), ready(), Buffer.from([5, 1, 0])])],
    ['a command without a name', Buffer.concat([greeting(), ready(), Buffer.from([4, 1, 9])])]
  ];

  test.each(cases)('%s', async (_, bytes) => {
    const { endpoint, next } = await router();
    const good = await ZmtpPeer.open(endpoint, 'DEALER', 'good');
    const bad = await ZmtpPeer.connect(endpoint);
    bad.write(bytes);
    await bad.whenClosed();
    good.send('fine');
    expect((await next()).parts).toEqual(['fine']);
  });

  function ready(): Buffer {
    return command('READY', [property('Socket-Type', 'DEALER')]);
  }
});

describe('a publisher', () => {
  test('sends to those who asked for the topic, until they ask no more', async () => {
    const subscribed: string[] = [];
    const { socket, endpoint } = await bound(
      new Publisher((topic, send) => {
        subscribed.push(topic);
        send([Buffer.from(topic), Buffer.from('welcome')]);
      })
    );
    const everything = await ZmtpPeer.open(endpoint, 'SUB');
    const news = await ZmtpPeer.open(endpoint, 'SUB');
    everything.send('\x01');
    expect(await everything.receive()).toEqual(['', 'welcome']);
    // ZMTP 3.1 has a command for what 3.0 sends as a message.
    news.write(command('SUBSCRIBE', [Buffer.from('news')]));
    expect(await news.receive()).toEqual(['news', 'welcome']);
    expect(subscribed).toEqual(['', 'news']);
    publish('weather', 'rain');
    publish('news.today', 'peace');
    expect(await everything.receive()).toEqual(['weather', 'rain']);
    expect(await everything.receive()).toEqual(['news.today', 'peace']);
    expect(await news.receive()).toEqual(['news.today', 'peace']);
    news.send('\x01other');
    expect(await news.receive()).toEqual(['other', 'welcome']);
    news.send('\x00news', '');
    news.send('\x01last');
    expect(await news.receive()).toEqual(['last', 'welcome']);
    publish('news', 'unheard');
    publish('last', 'heard');
    expect(await news.receive()).toEqual(['last', 'heard']);

    function publish(...parts: string[]): void {
      socket.send(parts.map(part => Buffer.from(part)));
    }
  });

  test('a message that may wait goes before what follows it, and goes alone too', async () => {
    let subscribed = (): void => undefined;
    const known = new Promise<void>(resolve => (subscribed = resolve));
    const { socket, endpoint } = await bound(new Publisher(() => subscribed()));
    const subscriber = await ZmtpPeer.open(endpoint, 'SUB');
    subscriber.send('\x01');
    await known;
    const send = (text: string, hurried: boolean): void =>
      socket.send([Buffer.from(text)], hurried);
    send('busy', false);
    send('input', false);
    send('idle', true);
    expect(await subscriber.receive()).toEqual(['busy']);
    expect(await subscriber.receive()).toEqual(['input']);
    expect(await subscriber.receive()).toEqual(['idle']);
    send('busy', false);
    expect(await subscriber.receive()).toEqual(['busy']);
  });

  test('waits for a subscriber that is far behind', async () => {
    let subscribed = (): void => undefined;
    const known = new Promise<void>(resolve => (subscribed = resolve));
    const { socket, endpoint } = await bound(new Publisher(() => subscribed()));
    const slow = await ZmtpPeer.open(endpoint, 'SUB');
    slow.send('\x01');
    await known;
    slow.stall();
    const large = Buffer.alloc(1024 * 1024, 'x');
    while (socket.fluent) {
      socket.send([Buffer.from('topic'), large]);
      await new Promise(resolve => setImmediate(resolve));
    }
    const waited = socket.whenFluent();
    slow.swallow();
    await waited;
    expect(socket.fluent).toBe(true);
  });
});

test('a heartbeat answers with what it was sent', async () => {
  const { endpoint } = await bound(new Echo());
  const peer = await ZmtpPeer.open(endpoint, 'REQ');
  peer.send('', 'ping');
  expect(await peer.receive()).toEqual(['', 'ping']);
});
