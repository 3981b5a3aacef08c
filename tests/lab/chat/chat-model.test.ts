import { describe, expect, test } from 'vitest';
import { chatOpsError, type Handled, type PendingMessage } from '../../../src/protocol';
import { PageStore } from '../../../src/lab/bot-link/page-store';
import { ChatModel } from '../../../src/lab/chat/chat-model';
import { settle } from '../../support/hand-clock';
import { MemoryStorage } from '../../support/memory-storage';
import {
  chatMessage,
  messageFrame,
  PlayedBot,
  readyWith,
  skillChange
} from '../../support/played-bot';

const handled: Handled = { outcome: 'answered', skill: 'hello', matcher: 'hello', duration: 1 };

/** A page with a chat on it, and the bot that a test plays. */
function openPage(storage = new MemoryStorage()) {
  const store = new PageStore(storage, 'here');
  const bot = new PlayedBot({ pending: store.pending() });
  bot.connection.outbox.changed.on(message => store.keep(message));
  const { connection, clock } = bot;
  const model = new ChatModel({ connection, store, timers: clock.asTimers, now: clock.now });
  return { bot, model, store, storage };
}

/** What one reads from top to bottom. */
function texts(model: ChatModel): string[] {
  return model.state.entries.map(entry =>
    entry.kind === 'news'
      ? `(${entry.change.skill} ${entry.change.kind})`
      : entry.kind === 'unsent'
        ? `${entry.message.text} [${entry.message.state}]`
        : entry.kind === 'aside'
          ? `(${entry.aside.what})`
          : entry.message.text
  );
}

describe('saying something', () => {
  test('shows it at once, and in its place when the bot has it', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome();
    model.send('hello');
    expect(texts(model)).toEqual(['hello [pending]']);
    const [said] = socket.ofType('say');
    socket.say(messageFrame(1, { id: said!.id, text: 'hello', user: { id: 'ann', name: 'Ann' } }));
    socket.say({ type: 'ack', re: said!.id, seq: 1, time: 0 });
    expect(texts(model)).toEqual(['hello']);
    expect(model.state.entries[0]).toMatchObject({ kind: 'said', own: true, key: said!.id });
  });

  test('works without a connection: it waits below what others say, and is delivered in order', async () => {
    const { bot, model } = openPage();
    model.send('one');
    model.send('two');
    const socket = await bot.welcome();
    expect(socket.ofType('say').map(({ text }) => text)).toEqual(['one', 'two']);
    socket.say(messageFrame(1, { text: 'from the bot' }));
    expect(texts(model)).toEqual(['from the bot', 'one [pending]', 'two [pending]']);
  });

  test('leaves out what surrounds the words, and sends no nothing', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome();
    expect(model.send('  \n ')).toBe(false);
    expect(model.send('\n\n  indented\nmore \n')).toBe(true);
    expect(socket.ofType('say').map(({ text }) => text)).toEqual(['  indented\nmore']);
  });

  test('refuses what the bot would refuse, and keeps it in the input', async () => {
    const { bot, model } = openPage();
    await bot.welcome();
    model.keepDraft('x'.repeat(100_001));
    expect(model.send('x'.repeat(100_001))).toBe(false);
    expect(model.draft).toHaveLength(100_001);
    expect(model.send('x'.repeat(100_000))).toBe(true);
  });

  test('that the bot did not take can be sent again or taken back', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome();
    model.send('busy?');
    const { id } = socket.ofType('say')[0]!;
    const error = chatOpsError('CHATOPS_ROOM_BUSY', { room: 'general', count: 100 }).record;
    socket.say({ type: 'error', re: id, error });
    expect(texts(model)).toEqual(['busy? [failed]']);
    expect(model.state.entries[0]).toMatchObject({ message: { error } });
    model.retry(id);
    expect(texts(model)).toEqual(['busy? [pending]']);
    socket.say({ type: 'error', re: id, error });
    model.discard(id);
    expect(texts(model)).toEqual([]);
  });

  test('can be recalled, newest last and each once in a row', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome(readyWith(4));
    const ann = { id: 'ann', name: 'Ann' };
    socket.say(
      messageFrame(1, { text: 'help', user: ann }),
      messageFrame(2, { text: 'help', user: ann }),
      messageFrame(3, { text: 'the bot’s words' }),
      messageFrame(4, { text: 'hello', user: ann })
    );
    model.send('again');
    expect(model.ownTexts).toEqual(['help', 'hello', 'again']);
  });
});

describe('a reload of the page', () => {
  test('loses no words: what was not delivered is, once, by the next page', async () => {
    const { model, storage } = openPage();
    model.send('first');
    model.send('second');
    const next = openPage(storage);
    expect(texts(next.model)).toEqual(['first [pending]', 'second [pending]']);
    const socket = await next.bot.welcome();
    expect(socket.ofType('say').map(({ text }) => text)).toEqual(['first', 'second']);
    socket.ofType('say').forEach(({ id }, index) => {
      socket.say({ type: 'ack', re: id, seq: index + 1, time: 0 });
    });
    const last = openPage(storage);
    expect((await last.bot.welcome()).ofType('say')).toEqual([]);
  });

  test('keeps what failed, with the reason and the choice', async () => {
    const { bot, model, storage } = openPage();
    const socket = await bot.welcome();
    model.send('busy?');
    const error = chatOpsError('CHATOPS_ROOM_BUSY', { room: 'general', count: 100 }).record;
    socket.say({ type: 'error', re: socket.ofType('say')[0]!.id, error });
    const next = openPage(storage);
    expect(next.model.state.entries[0]).toMatchObject({ message: { state: 'failed', error } });
    next.model.discard(next.model.state.entries[0]!.key);
    expect(texts(openPage(storage).model)).toEqual([]);
  });

  test('keeps the draft until it is sent', async () => {
    const { model, storage } = openPage();
    model.keepDraft('half a tho');
    const next = openPage(storage);
    expect(next.model.draft).toBe('half a tho');
    next.model.send('half a thought');
    expect(openPage(storage).model.draft).toBe('');
  });

  test('what was written for one bot goes to no other', () => {
    const storage = new MemoryStorage();
    const message: PendingMessage = {
      id: 'a',
      room: 'general',
      text: 'x',
      time: 1,
      state: 'pending'
    };
    new PageStore(storage, 'there').keep(message);
    expect(openPage(storage).bot.connection.outbox.messages).toEqual([]);
  });
});

describe('what happens to messages', () => {
  test('a message changes where it stands', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome(readyWith(2));
    socket.say(messageFrame(1), messageFrame(2));
    const [first] = model.state.entries;
    socket.say({
      type: 'update',
      room: 'general',
      seq: 2,
      patch: { text: 'more', streaming: true }
    });
    expect(texts(model)).toEqual(['text 1', 'more']);
    expect(model.state.entries[0]).toBe(first);
    socket.say({ type: 'update', room: 'ops', seq: 2, patch: { text: 'elsewhere' } });
    expect(texts(model)).toEqual(['text 1', 'more']);
  });

  test('presses, reactions and edits are no lines of their own, and nobody has to read them', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome(readyWith(1));
    socket.say(messageFrame(1));
    const press = { type: 'Press', data: { block: 'b', value: 'yes' }, target: 1 };
    let arrived = 0;
    model.arrived.on(() => arrived++);
    socket.say(messageFrame(2, { text: 'yes', event: press, user: { id: 'ben', name: 'Ben' } }));
    socket.say(messageFrame(3, { text: '', event: { type: 'BotStarted', data: {} } }));
    expect(texts(model)).toEqual(['text 1']);
    expect([arrived, model.state.unread, model.state.divider]).toEqual([0, 0, undefined]);
  });

  test('a room whose newest message is no line is complete all the same', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome(readyWith(2));
    socket.say(messageFrame(1));
    expect(model.state.loaded).toBe(false);
    const event = { type: 'Reaction', data: { emoji: '👍', active: true }, target: 1 };
    socket.say(messageFrame(2, { text: '', event }));
    expect(model.state.loaded).toBe(true);
  });
});

describe('history', () => {
  test('the first page is shown when it is complete, not message by message', async () => {
    const { bot, model } = openPage();
    let changes = 0;
    const socket = await bot.welcome(readyWith(3));
    model.changed.on(() => changes++);
    socket.say(messageFrame(1), messageFrame(2));
    expect(changes).toBe(0);
    expect(model.state.loaded).toBe(false);
    socket.say(messageFrame(3));
    expect(changes).toBe(1);
    expect(texts(model)).toEqual(['text 1', 'text 2', 'text 3']);
  });

  test('an empty room is known to be empty at once', async () => {
    const { bot, model } = openPage();
    await bot.welcome();
    expect(model.state).toMatchObject({ loaded: true, older: 'none', entries: [] });
  });

  test('older messages come page by page, above, until there are none', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome(readyWith(9));
    socket.say(messageFrame(8), messageFrame(9));
    const loading = model.loadOlder();
    expect(model.state.older).toBe('loading');
    // While one page is on its way, no second one is asked for.
    await model.loadOlder();
    expect(socket.ofType('history')).toMatchObject([{ before: 8, room: 'general' }]);
    const { id } = socket.ofType('history')[0]!;
    const messages = [chatMessage(6), chatMessage(7)];
    socket.say({ type: 'history', re: id, room: 'general', messages, more: false });
    await loading;
    expect(texts(model)).toEqual(['text 6', 'text 7', 'text 8', 'text 9']);
    expect(model.state.older).toBe('none');
    await model.loadOlder();
    expect(socket.ofType('history')).toHaveLength(1);
  });

  test('a page that does not come can be asked for again', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome(readyWith(9));
    socket.say(messageFrame(9));
    const loading = model.loadOlder();
    await bot.lose();
    await loading;
    expect(model.state.older).toBe('failed');
    const second = await bot.welcome(readyWith(9));
    const again = model.loadOlder();
    const { id } = second.ofType('history').at(-1)!;
    second.say({
      type: 'history',
      re: id,
      room: 'general',
      messages: [chatMessage(8)],
      more: true
    });
    await again;
    expect(texts(model)).toEqual(['text 8', 'text 9']);
  });

  test('a chat that begins on a standing connection asks for what was sent before', async () => {
    const { bot, store } = openPage();
    const socket = await bot.welcome(readyWith(2));
    socket.say(messageFrame(1), messageFrame(2));
    const late = new ChatModel({ connection: bot.connection, store });
    expect(late.state.loaded).toBe(false);
    const { id } = socket.ofType('history')[0]!;
    const messages = [chatMessage(1), chatMessage(2)];
    socket.say({ type: 'history', re: id, room: 'general', messages, more: false });
    await settle();
    expect(texts(late)).toEqual(['text 1', 'text 2']);
    expect(late.state).toMatchObject({ loaded: true, older: 'none' });
  });

  test('another journal begins anew, and loses nothing that was not delivered', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome(readyWith(1));
    socket.say(messageFrame(1));
    model.send('still mine');
    await bot.lose();
    await bot.welcome({ journal: 'j2' });
    expect(texts(model)).toEqual(['still mine [pending]']);
  });
});

describe('what became of a message', () => {
  test('is shown on it', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome(readyWith(1));
    socket.say(messageFrame(1, { user: { id: 'ann', name: 'Ann' } }));
    const before = model.state.entries[0];
    socket.say({ type: 'handled', room: 'general', seq: 1, handled });
    expect(model.state.entries[0]).toMatchObject({ message: { handled } });
    expect(model.state.entries[0]).not.toBe(before);
  });

  test('is asked for when it happened while the connection was lost', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome(readyWith(1));
    const user = { id: 'ann', name: 'Ann' };
    socket.say(messageFrame(1, { user }));
    await bot.lose();
    const second = await bot.welcome(readyWith(1));
    const { id } = second.ofType('history')[0]!;
    const messages = [chatMessage(1, { user, handled })];
    second.say({ type: 'history', re: id, room: 'general', messages, more: false });
    await settle();
    expect(texts(model)).toHaveLength(1);
    expect(model.state.entries[0]).toMatchObject({ message: { handled } });
  });

  test('is explained once asked, and asked again only when that failed', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome();
    const first = model.trace(7);
    const error = chatOpsError('CHATOPS_MESSAGE_UNKNOWN', { seq: 7 }).record;
    socket.say({ type: 'error', re: socket.ofType('trace')[0]!.id, error });
    await expect(first).rejects.toMatchObject({ code: 'CHATOPS_MESSAGE_UNKNOWN' });
    void model.trace(7);
    void model.trace(7);
    expect(socket.ofType('trace')).toHaveLength(2);
  });
});

describe('what one has not seen', () => {
  async function visit(storage?: MemoryStorage) {
    const page = openPage(storage);
    const socket = await page.bot.welcome(readyWith(2));
    socket.say(messageFrame(1), messageFrame(2));
    return { ...page, socket };
  }

  test('begins at a line, is counted, and is seen when one looks', async () => {
    const { model, socket } = await visit();
    expect(model.state).toMatchObject({ unread: 0, divider: undefined });
    socket.say(messageFrame(3), messageFrame(4));
    expect(model.state).toMatchObject({ unread: 2, divider: 'm3' });
    model.setAttended(true);
    expect(model.state).toMatchObject({ unread: 0, divider: 'm3' });
    socket.say(messageFrame(5));
    expect(model.state).toMatchObject({ unread: 0, divider: 'm3' });
    model.setAttended(false);
    expect(model.state.divider).toBeUndefined();
  });

  test('is not what one said oneself', async () => {
    const { model, socket } = await visit();
    socket.say(messageFrame(3), messageFrame(4, { user: { id: 'ann', name: 'Ann' } }));
    expect(model.state).toMatchObject({ unread: 1, divider: undefined });
  });

  test('is remembered over a reload of the page', async () => {
    const { model, storage } = await visit();
    model.setAttended(true);
    const next = openPage(storage);
    const socket = await next.bot.welcome(readyWith(4));
    socket.say(messageFrame(1), messageFrame(2), messageFrame(3), messageFrame(4));
    expect(next.model.state).toMatchObject({ unread: 2, divider: 'm3' });
  });
});

describe('clearing the view', () => {
  test('hides what was said, also after a reload of the page, until one wants it back', async () => {
    const { bot, model, storage } = openPage();
    const socket = await bot.welcome(readyWith(2));
    socket.say(messageFrame(1), messageFrame(2));
    socket.say({ type: 'clear', room: 'general', seq: 2 });
    expect(model.state).toMatchObject({ entries: [], cleared: true, older: 'none' });
    socket.say(messageFrame(3));
    expect(texts(model)).toEqual(['text 3']);

    const next = openPage(storage);
    const second = await next.bot.welcome(readyWith(3));
    second.say(messageFrame(1), messageFrame(2), messageFrame(3));
    expect(texts(next.model)).toEqual(['text 3']);
    next.model.unclear();
    expect(texts(next.model)).toEqual(['text 1', 'text 2', 'text 3']);
    expect(next.model.state.cleared).toBe(false);
  });
});

describe('writing', () => {
  test('others see it while one writes, and no longer than that', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome();
    const told = (): boolean[] => socket.ofType('typing').map(({ active }) => active);
    model.keepDraft('h');
    model.keepDraft('he');
    expect(told()).toEqual([true]);
    await bot.clock.advance(5000);
    expect(told()).toEqual([true, false]);
    model.keepDraft('hey');
    model.send('hey');
    expect(told()).toEqual([true, false, true]);
    await bot.clock.advance(0);
    expect(told()).toEqual([true, false, true, false]);
  });

  test('one sees it of others and of the bot, not of oneself', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome();
    const marvin = { id: 'bot', name: 'marvin', bot: true };
    socket.say({ type: 'typing', room: 'general', user: marvin, active: true });
    socket.say({ type: 'typing', room: 'general', user: { id: 'ann', name: 'Ann' }, active: true });
    expect(model.state.writing).toEqual([marvin]);
    socket.drop();
    expect(model.state.writing).toEqual([]);
  });
});

describe('news of skills', () => {
  const change = skillChange('hello');

  test('stand where they happened', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome(readyWith(1));
    socket.say(messageFrame(1));
    const frame = { type: 'skills', generation: 2, skills: [], changes: [change] } as const;
    socket.say({ ...frame, changes: [change], skills: [], cause: 'cell' });
    socket.say(messageFrame(2));
    expect(texts(model)).toEqual(['text 1', '(hello changed)', 'text 2']);
  });

  test('are not told twice to who said `reload`', async () => {
    const { bot, model } = openPage();
    const socket = await bot.welcome(readyWith(1));
    socket.say(messageFrame(1, { text: 'reload', user: { id: 'ann', name: 'Ann' } }));
    socket.say({
      type: 'skills',
      generation: 2,
      skills: [],
      changes: [change],
      cause: 'request'
    });
    expect(texts(model)).toEqual(['reload']);
  });
});

test('says what just happened, as opposed to history', async () => {
  const { bot, model } = openPage();
  const arrived: string[] = [];
  model.arrived.on(({ key }) => arrived.push(key));
  const socket = await bot.welcome(readyWith(2));
  socket.say(messageFrame(1), messageFrame(2), messageFrame(3));
  expect(arrived).toEqual(['m3']);
});

test('tells of frames it does not understand', async () => {
  const { bot, model } = openPage();
  const codes: string[] = [];
  model.trouble.on(({ code }) => codes.push(code));
  const socket = await bot.welcome();
  socket.say({ type: 'hologram' } as never);
  expect(codes).toEqual(['CHATOPS_FRAME_INVALID']);
});
