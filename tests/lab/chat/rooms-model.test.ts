import { describe, expect, test } from 'vitest';
import { PageStore } from '../../../src/lab/bot-link/page-store';
import { RoomsModel } from '../../../src/lab/chat/rooms-model';
import { chatOpsError } from '../../../src/protocol';
import { settle } from '../../support/hand-clock';
import { MemoryStorage } from '../../support/memory-storage';
import { messageFrame, PlayedBot } from '../../support/played-bot';

/** A page with rooms on it, and the bot that a test plays. */
function openPage(storage = new MemoryStorage()) {
  const store = new PageStore(storage, 'here');
  const bot = new PlayedBot({ rooms: ['general', ...store.rooms()] });
  const { connection, clock } = bot;
  const rooms = new RoomsModel({ connection, store, timers: clock.asTimers, now: clock.now });
  return { bot, rooms, storage };
}

function names(rooms: RoomsModel): string[] {
  return rooms.state.rooms.map(({ name }) => name);
}

const welcome = { rooms: [{ room: 'general', last: 0 }], direct: 'direct:ann' };

describe('rooms', () => {
  test('are the one that everybody is in, and one’s own with the bot', async () => {
    const { bot, rooms } = openPage();
    expect(names(rooms)).toEqual(['general']);
    const socket = await bot.welcome(welcome);
    expect(names(rooms)).toEqual(['general', 'direct:ann']);
    expect(socket.ofType('follow').map(({ room }) => room)).toEqual(['direct:ann']);
    rooms.leave('general');
    rooms.leave('direct:ann');
    expect(names(rooms)).toEqual(['general', 'direct:ann']);
  });

  test('are entered by name, shown at once, and there again on the next page', async () => {
    const { bot, rooms, storage } = openPage();
    const socket = await bot.welcome(welcome);
    rooms.enter(' ops ');
    expect(rooms.current.name).toBe('ops');
    expect(names(rooms)).toEqual(['general', 'ops', 'direct:ann']);
    expect(socket.ofType('follow').map(({ room }) => room)).toContain('ops');
    rooms.current.send('hello');
    expect(socket.ofType('say')[0]).toMatchObject({ room: 'ops', text: 'hello' });

    const next = openPage(storage);
    expect(next.rooms.state.current).toBe('ops');
    const hello = await next.bot.welcome({
      ...welcome,
      rooms: [
        { room: 'general', last: 0 },
        { room: 'ops', last: 0 }
      ]
    });
    expect(hello.ofType('hello')[0]!.rooms!.map(({ room }) => room)).toEqual(['general', 'ops']);
  });

  test('are left for the one that everybody is in', async () => {
    const { bot, rooms, storage } = openPage();
    const socket = await bot.welcome(welcome);
    rooms.enter('ops');
    rooms.leave('ops');
    expect(rooms.state.current).toBe('general');
    expect(socket.ofType('unfollow').map(({ room }) => room)).toEqual(['ops']);
    expect(openPage(storage).rooms.state).toMatchObject({ current: 'general' });
  });

  test('keep what was said in them apart, and count what nobody has seen', async () => {
    const { bot, rooms } = openPage();
    const socket = await bot.welcome({ ...welcome, rooms: [{ room: 'general', last: 0 }] });
    rooms.enter('ops');
    const [follow] = socket.ofType('follow').filter(({ room }) => room === 'ops');
    socket.say({ type: 'followed', re: follow!.id, room: 'ops', last: 0 });
    await settle();
    const [history] = socket.ofType('history').filter(({ room }) => room === 'ops');
    socket.say({ type: 'history', re: history!.id, room: 'ops', messages: [], more: false });
    await settle();
    rooms.current.setAttended(true);
    const heard: string[] = [];
    rooms.arrived.on(({ room, entry }) => heard.push(`${room.name}: ${entry.message.text}`));
    socket.say(messageFrame(1, { text: 'here' }), messageFrame(2, { room: 'ops', text: 'there' }));
    expect(rooms.state.rooms.map(({ name, unread }) => [name, unread])).toEqual([
      ['general', 1],
      ['ops', 0],
      ['direct:ann', 0]
    ]);
    expect(rooms.state.unread).toBe(1);
    expect(heard).toEqual(['general: here', 'ops: there']);
  });

  test('that one may not enter say so, and nothing else', async () => {
    const { bot, rooms } = openPage();
    const socket = await bot.welcome(welcome);
    rooms.enter('direct:ben');
    const follow = socket.ofType('follow').find(({ room }) => room === 'direct:ben')!;
    const { record } = chatOpsError('CHATOPS_NOT_ALLOWED', { action: 'enter', advice: 'No.' });
    socket.say({ type: 'error', re: follow.id, error: record });
    await settle();
    expect(rooms.current.state.entries).toMatchObject([
      { kind: 'aside', aside: { what: 'error', error: { code: 'CHATOPS_NOT_ALLOWED' } } }
    ]);
  });

  test('of the bot that one is not in are listed', async () => {
    const { bot, rooms } = openPage();
    const socket = await bot.welcome(welcome);
    const others = rooms.others();
    const { id } = socket.ofType('rooms')[0]!;
    const list = ['ops', 'general', 'dev'].map(room => ({ room, last: 1 }));
    socket.say({ type: 'rooms', re: id, rooms: list });
    expect(await others).toEqual(['dev', 'ops']);
  });

  test('of another person are not shown to who takes their place', async () => {
    const { bot, rooms } = openPage();
    await bot.welcome(welcome);
    rooms.enter('direct:ann');
    await bot.lose();
    await bot.clock.advance(1000);
    bot.socket.accept();
    await bot.welcome({ ...welcome, direct: 'direct:eve' });
    expect(names(rooms)).toEqual(['general', 'direct:eve']);
    expect(rooms.state.current).toBe('general');
  });
});
