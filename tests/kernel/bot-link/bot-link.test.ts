import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { BotLink, converse, ensureBot, type Exchange } from '../../../src/kernel/bot-link';
import type { ChatOpsError } from '../../../src/protocol';
import { echo, FakeBot, type Behaviour } from '../../support/fake-bot';
import { temporaryFolder } from '../../support/temporary-folder';

async function linked(behaviour?: Behaviour) {
  const bot = await FakeBot.start(behaviour);
  const link = new BotLink(bot.options);
  onTestFinished(() => link.close());
  return { bot, link };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was thrown',
    (error: ChatOpsError) => error.code
  );

test('the bot is reached when it is first used, and once', async () => {
  const { bot, link } = await linked();
  expect(bot.greetings).toBe(0);
  const [first, second] = await Promise.all([link.ready(), link.ready()]);
  expect(first.bot.name).toBe('robo');
  expect(second).toBe(first);
  expect(bot.greetings).toBe(1);
  expect(bot.frames[0]).toMatchObject({ type: 'hello', client: { name: 'kernel' } });
});

test('a request gets its answer, or the bot’s error', async () => {
  const { link } = await linked((frame, _, send) => {
    if (frame.type === 'logs') {
      send({ type: 'logs', re: frame.id, lines: ['one'] });
    } else if (frame.type === 'trace') {
      const error = { code: 'CHATOPS_MESSAGE_UNKNOWN', message: 'no', hint: '' };
      send({ type: 'error', re: frame.id, error });
    }
  });
  expect((await link.request<'logs'>({ type: 'logs' })).lines).toEqual(['one']);
  expect(await codeOf(link.request<'trace'>({ type: 'trace', seq: 1 }))).toBe(
    'CHATOPS_MESSAGE_UNKNOWN'
  );
});

test('what breaks the protocol is refused before it is sent', async () => {
  const { bot, link } = await linked();
  const source = 'x'.repeat(2_000_000);
  expect(await codeOf(link.request<'skill.save'>({ type: 'skill.save', name: 'a', source }))).toBe(
    'CHATOPS_FRAME_TOO_LARGE'
  );
  expect(await codeOf(converse(link, '', {}, undefined, () => undefined))).toBe(
    'CHATOPS_FRAME_INVALID'
  );
  expect(bot.greetings).toBe(0);
});

test('a bot that cannot start says why, and the next use tries again', async () => {
  const { bot, link } = await linked();
  await bot.down();
  bot.refuse();
  expect(await codeOf(link.ready())).toBe('CHATOPS_BOT_START');
  await bot.up();
  expect((await link.ready()).bot.name).toBe('robo');
});

describe('a bot that has ended', () => {
  async function ended() {
    const { bot, link } = await linked();
    await link.ready();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const before = vi.getTimerCount();
    await bot.down();
    await bot.up();
    await expect.poll(() => vi.getTimerCount()).toBeGreaterThan(before);
    return { bot, link };
  }

  test('is left alone for a while, as Jupyter may be ending', async () => {
    const { bot } = await ended();
    await vi.advanceTimersByTimeAsync(1900);
    expect(bot.calls).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    await expect.poll(() => bot.greetings).toBe(2);
  });

  test('is brought back at once when it is needed', async () => {
    const { bot, link } = await ended();
    await vi.advanceTimersByTimeAsync(1000);
    await link.ready();
    expect(bot.greetings).toBe(2);
  });
});

test('an interrupt ends the waiting', async () => {
  const { link } = await linked();
  const interrupt = new AbortController();
  const waiting = codeOf(link.request<'logs'>({ type: 'logs' }, interrupt.signal));
  await link.ready();
  interrupt.abort();
  expect(await waiting).toBe('CHATOPS_CELL_INTERRUPTED');
});

test('a command line that gives no answer is an error with what it wrote', async () => {
  const folder = temporaryFolder({ 'chatops.cjs': 'console.error("broken"); process.exit(7);' });
  const work = ensureBot({ folder, program: `${folder}/chatops.cjs` });
  await expect(work).rejects.toMatchObject({
    code: 'CHATOPS_BOT_START',
    record: { log: ['broken'] }
  });
});

test('what is said comes back with its answers', async () => {
  const { bot, link } = await linked(echo);
  const changes: number[] = [];
  const exchange = await converse(link, 'hello', {}, undefined, ({ replies }) =>
    changes.push(replies.length)
  );
  expect(exchange).toMatchObject({
    text: 'hello',
    room: 'notebook',
    user: 'ada',
    bot: 'robo',
    seq: 1,
    handled: { outcome: 'answered', skill: 'echo' }
  });
  expect(exchange.replies.map(({ text }) => text)).toEqual(['you said hello']);
  expect(changes).toEqual([0, 1]);
  expect(bot.frames.some(({ type }) => type === 'follow')).toBe(false);
});

test('as someone else, and in another room', async () => {
  const { bot, link } = await linked(echo);
  const options = { user: 'Grace', room: 'ops' };
  const exchange = await converse(link, 'hello', options, undefined, () => undefined);
  expect(exchange).toMatchObject({ user: 'Grace', room: 'ops' });
  expect(bot.frames.map(({ type }) => type)).toEqual(['hello', 'follow', 'say']);
});

test('several at once do not mix their answers', async () => {
  const { link } = await linked(echo);
  const said = await Promise.all(
    ['a', 'b', 'c'].map(text => converse(link, text, {}, undefined, () => undefined))
  );
  expect(said.map(({ replies }) => replies.map(({ text }) => text))).toEqual([
    ['you said a'],
    ['you said b'],
    ['you said c']
  ]);
});

test('a message that the bot does not take is an error', async () => {
  const { link } = await linked((frame, _, send) => {
    if (frame.type === 'say') {
      const error = { code: 'CHATOPS_ROOM_BUSY', message: 'busy', hint: '' };
      send({ type: 'error', re: frame.id, error });
    }
  });
  expect(await codeOf(converse(link, 'x', {}, undefined, () => undefined))).toBe(
    'CHATOPS_ROOM_BUSY'
  );
});

test('a bot that dies while it answers is brought back, and the answer is not lost', async () => {
  let died = false;
  const { bot, link } = await linked((frame, self, send) => {
    if (frame.type === 'say' && !died) {
      died = true;
      void self.down().then(() => self.up());
      return;
    }
    echo(frame, self, send);
  });
  const exchange: Exchange = await converse(link, 'hello', {}, undefined, () => undefined);
  expect(exchange.replies.map(({ text }) => text)).toEqual(['you said hello']);
  expect(bot.greetings).toBe(2);
  expect(bot.journal).toHaveLength(2);
});

test('an answer that was given while the connection was gone is found afterwards', async () => {
  let died = false;
  const { link } = await linked((frame, self, send) => {
    if (frame.type === 'say' && !died) {
      died = true;
      // Taken and handled, but nobody hears of it any more.
      echo(frame, self, () => undefined);
      void self.down().then(() => self.up());
    } else if (frame.type === 'say') {
      send({ type: 'ack', re: frame.id, seq: 1, time: 0 });
    }
  });
  const exchange = await converse(link, 'hello', {}, undefined, () => undefined);
  expect(exchange).toMatchObject({ seq: 1, handled: { outcome: 'answered' } });
  expect(exchange.replies.map(({ text }) => text)).toEqual(['you said hello']);
});

test('a bot that dies and cannot come back ends the waiting with the reason', async () => {
  const { link } = await linked((frame, self) => {
    if (frame.type === 'say') {
      self.refuse();
      void self.down();
    }
  });
  expect(await codeOf(converse(link, 'x', {}, undefined, () => undefined))).toBe(
    'CHATOPS_BOT_START'
  );
});
