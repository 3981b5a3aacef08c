import { describe, expect, test } from 'vitest';
import {
  BotConnection,
  chatOpsError,
  closeCode,
  type ClientFrame,
  type ConnectionState,
  type PendingMessage,
  type ServerFrame,
  type ServerFrameOf,
  type Socket
} from '../../src/protocol';
import { HandClock, settle } from '../support/hand-clock';

/** The bot's end of a connection, played by the test. */
class FakeSocket implements Socket {
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  readonly sent: ClientFrame[] = [];
  closed = false;

  send(data: string): void {
    this.sent.push(JSON.parse(data) as ClientFrame);
  }

  close(): void {
    this.closed = true;
  }

  accept(): void {
    (this.onopen as (() => void) | null)?.();
  }

  say(frame: ServerFrame): void {
    (this.onmessage as ((event: { data: string }) => void) | null)?.({
      data: JSON.stringify(frame)
    });
  }

  drop(code = 1006): void {
    (this.onclose as ((event: { code: number }) => void) | null)?.({ code });
  }

  ofType<T extends ClientFrame['type']>(type: T): Extract<ClientFrame, { type: T }>[] {
    return this.sent.filter(frame => frame.type === type) as Extract<ClientFrame, { type: T }>[];
  }
}

function ready(journal = 'j1'): ServerFrameOf<'ready'> {
  return {
    type: 'ready',
    protocol: 1,
    bot: { name: 'chatops', version: '0' },
    workspace: '/w',
    user: { id: 'u', name: 'ann' },
    journal,
    rooms: [{ room: 'general', last: 0 }],
    generation: 1,
    skills: [],
    warnings: []
  };
}

function message(seq: number, text = 'x'): ServerFrame {
  return {
    type: 'message',
    message: {
      seq,
      id: `m${seq}`,
      room: 'general',
      connector: 'panel',
      user: { id: 'b', name: 'bot' },
      text,
      time: 0
    }
  };
}

function setUp(options: { pending?: PendingMessage[]; open?: () => Promise<Socket> } = {}) {
  const clock = new HandClock();
  const sockets: FakeSocket[] = [];
  const connection = new BotConnection({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    hello: () => ({ client: { name: 'test', version: '0' } }),
    rooms: ['general'],
    timers: clock.asTimers,
    now: clock.now,
    random: () => 0.5,
    ...options
  });
  const states: ConnectionState[] = [];
  connection.stateChanged.on(state => states.push(state));
  const connect = async (journal?: string): Promise<FakeSocket> => {
    await settle();
    const socket = sockets.at(-1)!;
    socket.accept();
    socket.say(ready(journal));
    return socket;
  };
  return { connection, clock, sockets, states, connect };
}

describe('getting to the bot', () => {
  test('an open socket is not a connection; the bot has to answer', async () => {
    const { connection, sockets, states } = setUp();
    connection.connect();
    await settle();
    sockets[0]!.accept();
    expect(connection.state).toBe('connecting');
    expect(sockets[0]!.sent[0]).toMatchObject({
      type: 'hello',
      protocol: 1,
      rooms: [{ room: 'general' }]
    });
    sockets[0]!.say(ready());
    expect(states).toEqual(['connecting', 'connected']);
  });

  test('a lost connection is tried again, at once and then with growing waits, for ever', async () => {
    const { connection, clock, sockets, connect } = setUp();
    connection.connect();
    (await connect()).drop();
    expect(connection.state).toBe('waiting');
    await clock.advance(0);
    expect(sockets).toHaveLength(2);
    for (const wait of [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]) {
      const before = sockets.length;
      sockets.at(-1)!.drop();
      await clock.advance(wait - 1);
      expect(sockets).toHaveLength(before);
      await clock.advance(1);
      expect(sockets).toHaveLength(before + 1);
    }
    await connect();
    expect(connection.state).toBe('connected');
  });

  test('a bot that never says ready counts as lost', async () => {
    const { connection, clock, sockets } = setUp();
    connection.connect();
    await settle();
    sockets[0]!.accept();
    await clock.advance(60_000);
    expect(sockets[0]!.closed).toBe(true);
    expect(sockets).toHaveLength(2);
  });

  test('what keeps the socket from opening is remembered as the reason', async () => {
    const error = chatOpsError('CHATOPS_BOT_START', { reason: 'no space' }, { log: ['full'] });
    const { connection } = setUp({ open: () => Promise.reject(error) });
    connection.connect();
    await settle();
    expect(connection.state).toBe('waiting');
    expect(connection.error).toMatchObject({ code: 'CHATOPS_BOT_START', log: ['full'] });
  });

  test('what the relay says before the bot is there is the reason, until the bot is there', async () => {
    const { connection, clock, sockets, connect } = setUp();
    connection.connect();
    await settle();
    sockets[0]!.accept();
    sockets[0]!.say({ type: 'error', error: chatOpsError('CHATOPS_BOT_GONE', {}).record });
    sockets[0]!.drop(closeCode.unavailable);
    expect(connection.error?.code).toBe('CHATOPS_BOT_GONE');
    await clock.advance(0);
    await connect();
    expect(connection.error).toBeUndefined();
  });

  test.each([closeCode.refused, closeCode.notAllowed])(
    'close code %i is final until a person tries again',
    async code => {
      const { connection, clock, sockets } = setUp();
      connection.connect();
      await settle();
      sockets[0]!.accept();
      sockets[0]!.say({
        type: 'error',
        error: chatOpsError('CHATOPS_PROTOCOL_VERSION', { client: 1, server: 2 }).record
      });
      const asked = connection.request<'logs'>({ type: 'logs' });
      sockets[0]!.drop(code);
      await expect(asked).rejects.toMatchObject({ code: 'CHATOPS_PROTOCOL_VERSION' });
      await clock.advance(600_000);
      expect(sockets).toHaveLength(1);
      connection.reconnect();
      await settle();
      expect(sockets).toHaveLength(2);
    }
  );

  test('a bot that was told to quit stays away until it is wanted', async () => {
    const { connection, clock, sockets, connect } = setUp();
    connection.connect();
    const socket = await connect();
    socket.say({ type: 'goodbye', reason: 'quit' });
    socket.drop(1001);
    await clock.advance(600_000);
    expect(connection.state).toBe('stopped');
    expect(sockets).toHaveLength(1);
    connection.reconnect();
    await connect();
    expect(connection.state).toBe('connected');
  });

  test('a bot whose process ends is tried again by itself', async () => {
    const { connection, clock, sockets, connect } = setUp();
    connection.connect();
    const socket = await connect();
    socket.say({ type: 'goodbye', reason: 'ending' });
    socket.drop(1001);
    await clock.advance(0);
    expect(sockets).toHaveLength(2);
  });

  test('nothing happens after close', async () => {
    const { connection, clock, sockets, connect } = setUp();
    connection.connect();
    const socket = await connect();
    connection.close();
    socket.drop();
    await clock.advance(600_000);
    expect(socket.closed).toBe(true);
    expect(connection.state).toBe('closed');
    expect(sockets).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});

describe('noticing', () => {
  test('says when it tries again by itself', async () => {
    const { connection, clock, sockets, connect } = setUp();
    connection.connect();
    (await connect()).drop();
    await clock.advance(0);
    sockets.at(-1)!.drop();
    expect(connection.retryAt).toBe(clock.now() + 250);
    await clock.advance(250);
    expect(connection.retryAt).toBeUndefined();
  });

  test('the reason of a loss is the last thing heard before it, and nothing older', async () => {
    const { connection, clock, connect } = setUp();
    connection.connect();
    const first = await connect();
    first.say({ type: 'error', error: chatOpsError('CHATOPS_BOT_GONE', {}).record });
    expect(connection.error).toBeUndefined();
    first.drop(closeCode.unavailable);
    expect(connection.error?.code).toBe('CHATOPS_BOT_GONE');
    await clock.advance(0);
    const second = await connect();
    second.say({
      type: 'error',
      error: chatOpsError('CHATOPS_FRAME_SYNTAX', { reason: 'x' }).record
    });
    second.say(message(1));
    second.drop();
    expect(connection.error).toBeUndefined();
  });

  test('a bot that acknowledges nothing is not there any more', async () => {
    const { connection, clock, sockets, connect } = setUp();
    connection.connect();
    const first = await connect();
    connection.say('general', 'anybody?');
    await clock.advance(20_000);
    expect(first.closed).toBe(true);
    expect(sockets).toHaveLength(2);
    expect((await connect()).ofType('say')).toMatchObject([{ text: 'anybody?' }]);
  });

  test('a bot that says anything at all is there', async () => {
    const { connection, clock, connect } = setUp();
    connection.connect();
    const socket = await connect();
    connection.say('general', 'anybody?');
    await clock.advance(19_999);
    socket.say(message(1));
    await clock.advance(60_000);
    expect(socket.closed).toBe(false);
  });

  test('on waking, a socket that nobody answers is replaced', async () => {
    const { connection, clock, sockets, connect } = setUp();
    connection.connect();
    const first = await connect();
    connection.wake();
    const [question] = first.ofType('history');
    first.say({ type: 'history', re: question!.id, room: 'general', messages: [], more: false });
    await clock.advance(60_000);
    expect(first.closed).toBe(false);
    connection.wake();
    await clock.advance(5000);
    expect(first.closed).toBe(true);
    expect(sockets).toHaveLength(2);
  });

  test('on waking, the wait for the next attempt is over', async () => {
    const { connection, clock, sockets, connect } = setUp();
    connection.connect();
    (await connect()).drop();
    await clock.advance(0);
    sockets.at(-1)!.drop();
    connection.wake();
    await settle();
    expect(sockets).toHaveLength(3);
  });

  test('says hello anew when asked to, and loses nothing', async () => {
    const { connection, clock, sockets, connect } = setUp();
    connection.connect();
    const first = await connect();
    connection.say('general', 'kept');
    connection.renew();
    await clock.advance(0);
    expect(first.closed).toBe(true);
    expect(sockets).toHaveLength(2);
    expect((await connect()).ofType('say')).toMatchObject([{ text: 'kept' }]);
  });
});

describe('saying something', () => {
  test('is kept while there is no connection, then said in order', async () => {
    const { connection, connect } = setUp();
    connection.say('general', 'one');
    connection.say('general', 'two');
    connection.connect();
    const socket = await connect();
    connection.say('general', 'three');
    expect(socket.ofType('say').map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  test('is said again under the same id until the bot has acknowledged it', async () => {
    const { connection, clock, connect } = setUp();
    connection.connect();
    const first = await connect();
    const { id } = connection.say('general', 'once');
    connection.say('general', 'twice');
    first.say({ type: 'ack', re: id, seq: 1, time: 0 });
    first.drop();
    await clock.advance(0);
    const second = await connect();
    expect(second.ofType('say').map(({ text }) => text)).toEqual(['twice']);
    expect(connection.outbox.messages.map(({ text }) => text)).toEqual(['twice']);
  });

  test('tells what became of it', async () => {
    const { connection, connect } = setUp();
    const seen: [string, string][] = [];
    connection.outbox.changed.on(({ text, state }) => seen.push([text, state]));
    connection.connect();
    const socket = await connect();
    const good = connection.say('general', 'good');
    const bad = connection.say('general', 'bad');
    socket.say({ type: 'ack', re: good.id, seq: 1, time: 0 });
    const error = chatOpsError('CHATOPS_ROOM_BUSY', { room: 'general', count: 9 }).record;
    socket.say({ type: 'error', re: bad.id, error });
    expect(seen).toEqual([
      ['good', 'pending'],
      ['bad', 'pending'],
      ['good', 'delivered'],
      ['bad', 'failed']
    ]);
    expect(connection.outbox.messages[0]).toMatchObject({ text: 'bad', error });
  });

  test('can be tried again when the bot did not take it, and only then', async () => {
    const { connection, connect } = setUp();
    connection.connect();
    const socket = await connect();
    const { id } = connection.say('general', 'again');
    connection.retry(id);
    expect(socket.ofType('say')).toHaveLength(1);
    const error = chatOpsError('CHATOPS_ROOM_BUSY', { room: 'general', count: 9 }).record;
    socket.say({ type: 'error', re: id, error });
    connection.retry(id);
    expect(socket.ofType('say').map(frame => frame.id)).toEqual([id, id]);
  });

  test('can be given up when the bot did not take it, and only then', async () => {
    const { connection, connect } = setUp();
    connection.connect();
    const socket = await connect();
    const { id } = connection.say('general', 'no');
    connection.outbox.discard(id);
    expect(connection.outbox.messages).toHaveLength(1);
    const error = chatOpsError('CHATOPS_ROOM_BUSY', { room: 'general', count: 9 }).record;
    socket.say({ type: 'error', re: id, error });
    const states: string[] = [];
    connection.outbox.changed.on(({ state }) => states.push(state));
    connection.outbox.discard(id);
    expect(states).toEqual(['discarded']);
    expect(connection.outbox.messages).toEqual([]);
  });

  test('a failed message is not said again by itself', async () => {
    const { connection, clock, connect } = setUp();
    connection.connect();
    const socket = await connect();
    const { id } = connection.say('general', 'no');
    const error = chatOpsError('CHATOPS_ROOM_BUSY', { room: 'general', count: 9 }).record;
    socket.say({ type: 'error', re: id, error });
    socket.drop();
    await clock.advance(0);
    expect((await connect()).ofType('say')).toEqual([]);
  });

  test('goes on with what an earlier page could not deliver', async () => {
    const pending: PendingMessage[] = [
      { id: 'old', room: 'general', text: 'hello', time: 0, state: 'pending' }
    ];
    const { connection, connect } = setUp({ pending });
    connection.connect();
    expect((await connect()).ofType('say')).toMatchObject([{ id: 'old', text: 'hello' }]);
  });
});

describe('following rooms', () => {
  test('a new connection continues after the last message that was seen', async () => {
    const { connection, clock, connect } = setUp();
    connection.connect();
    const first = await connect();
    first.say(message(7));
    first.drop();
    await clock.advance(0);
    const second = await connect();
    expect(second.ofType('hello')[0]).toMatchObject({
      journal: 'j1',
      rooms: [{ room: 'general', after: 7 }]
    });
  });

  test('another journal begins anew', async () => {
    const { connection, clock, connect } = setUp();
    connection.connect();
    const first = await connect('j1');
    first.say(message(7));
    first.drop();
    await clock.advance(0);
    (await connect('j2')).drop();
    await clock.advance(250);
    const third = await connect('j2');
    expect(third.ofType('hello')[0]!.rooms).toEqual([{ room: 'general' }]);
  });

  test('a room that is followed later is named in the next hello', async () => {
    const { connection, clock, connect } = setUp();
    connection.connect();
    const first = await connect();
    void connection.follow('ops');
    expect(first.ofType('follow')).toMatchObject([{ room: 'ops' }]);
    first.say({ type: 'followed', re: first.ofType('follow')[0]!.id, room: 'ops', last: 0 });
    first.drop();
    await clock.advance(0);
    expect((await connect()).ofType('hello')[0]!.rooms).toEqual([
      { room: 'general' },
      { room: 'ops' }
    ]);
  });
});

describe('asking', () => {
  test('is answered by the frame that names the request, and by nothing else', async () => {
    const { connection, connect } = setUp();
    const heard: string[] = [];
    connection.received.on(frame => heard.push(frame.type));
    connection.connect();
    const socket = await connect();
    const logs = connection.request<'logs'>({ type: 'logs', lines: 2 });
    const { id } = socket.ofType('logs')[0]!;
    socket.say({ type: 'logs', re: 'someone else', lines: ['no'] });
    socket.say({ type: 'logs', re: id, lines: ['yes'] });
    expect((await logs).lines).toEqual(['yes']);
    expect(heard).toEqual(['ready', 'logs']);
  });

  test("fails with the bot's error, or when the connection is lost", async () => {
    const { connection, connect } = setUp();
    connection.connect();
    const socket = await connect();
    const trace = connection.request<'trace'>({ type: 'trace', seq: 5 });
    const error = chatOpsError('CHATOPS_MESSAGE_UNKNOWN', { seq: 5 }).record;
    socket.say({ type: 'error', re: socket.ofType('trace')[0]!.id, error });
    await expect(trace).rejects.toMatchObject({ code: 'CHATOPS_MESSAGE_UNKNOWN' });
    const lost = connection.request<'logs'>({ type: 'logs' });
    socket.drop();
    await expect(lost).rejects.toMatchObject({ code: 'CHATOPS_CONNECTION_LOST' });
  });

  test('waits for a connection', async () => {
    const { connection, connect } = setUp();
    const logs = connection.request<'logs'>({ type: 'logs' });
    connection.connect();
    const socket = await connect();
    socket.say({ type: 'logs', re: socket.ofType('logs')[0]!.id, lines: ['late'] });
    expect((await logs).lines).toEqual(['late']);
  });
});

test('a frame of a newer bot is told as an error and harms nothing', async () => {
  const { connection, connect } = setUp();
  const heard: ServerFrame[] = [];
  connection.connect();
  const socket = await connect();
  connection.received.on(frame => heard.push(frame));
  socket.say({ type: 'hologram' } as unknown as ServerFrame);
  socket.say(message(1));
  expect(heard).toMatchObject([
    { type: 'error', error: { code: 'CHATOPS_FRAME_INVALID' } },
    { type: 'message' }
  ]);
});
