import { describe, expect, onTestFinished, test } from 'vitest';
import {
  card,
  code,
  events,
  image,
  markdown,
  matchRegex,
  table,
  type Bot,
  type Message
} from '../../../src/skill';
import { testBot, type ConnectorOptions, type TestBot } from '../../../src/testing';
import { EngineHarness, FullRecorder, Recorder } from '../../support/engine';
import { matcher, saying, skill } from '../../support/skills';

/** A bot with one skill that is called by `go`. */
function bot(
  act: (message: Message, bot: Bot) => unknown,
  connector: Partial<ConnectorOptions> = {}
): TestBot {
  const chat = testBot({
    skills: [
      { name: 'go', exports: { go: matchRegex(/^go$/, (b, _config, message) => act(message, b)) } }
    ],
    connectors: [{ name: 'test', ...connector }]
  });
  onTestFinished(() => chat.close());
  return chat;
}

const TEXT_ONLY = { shows: 'text' } as const;

describe('a text that grows', () => {
  async function* slowly(): AsyncGenerator<string> {
    for (const part of ['one ', 'two ', 'three']) {
      yield part;
      await new Promise(resolve => setTimeout(resolve, 1000));
    }
  }

  test('grows where it is shown', async () => {
    const chat = bot(message => message.stream(slowly()));
    await chat.user('ann').says('go');
    expect(chat.texts).toEqual(['one ']);
    await chat.clock.advance('1 second');
    expect(chat.transcript()).toContain('one two ');
    await chat.clock.advance('2 seconds');
    expect(chat.transcript()).toMatch(/one two three$/);
  });

  test('is said whole where a message cannot be changed', async () => {
    const chat = bot(message => message.stream(slowly()), TEXT_ONLY);
    await chat.user('ann').says('go');
    chat.expectNoReply();
    await chat.clock.advance('3 seconds');
    expect(chat.texts).toEqual(['one two three']);
  });

  test('is complete when its skill ends or fails, whatever that forgot', async () => {
    const chat = bot(async message => {
      const stream = await message.stream();
      await stream.write('half a sen');
      throw new Error('no fuse');
    }, TEXT_ONLY);
    await chat.user('ann').says('go');
    expect(chat.texts[0]).toBe('half a sen');
    expect(chat.texts[1]).toContain('no fuse');
  });

  test('that cannot be shown any more is an error where it ends, and nowhere else', async () => {
    const connector = new FullRecorder();
    connector.update = () => {
      throw new Error('rate limit');
    };
    const harness = new EngineHarness([], { connector });
    const { seq } = await harness.engine.say({ connector: 'test', room: 'general' }, 'x');
    const { MessageStream } = await import('../../../src/skill/messages/sent-message');
    const stream = new MessageStream(request => harness.engine.serve('s', request), seq);
    void stream.write('a').catch(() => undefined);
    void stream.write('b').catch(() => undefined);
    await expect(stream.end()).rejects.toThrow('rate limit');
  });
});

describe('something that goes on', () => {
  const work = async (message: Message): Promise<void> => {
    const progress = await message.progress('Copying');
    await progress.update(0.5);
    await progress.update(2, 'Checking');
    await progress.done('Copied');
  };

  test('shows in place how far it is', async () => {
    const chat = bot(work);
    await chat.user('ann').says('go');
    expect(chat.replies).toMatchObject([
      { text: 'Copied: done', blocks: [{ type: 'progress', state: 'done', value: 1 }] }
    ]);
  });

  test('is said at its beginning and its end where messages cannot be changed', async () => {
    const chat = bot(work, TEXT_ONLY);
    await chat.user('ann').says('go');
    chat.expectReplies(['Copying …', 'Copied: done']);
  });

  test('may fail', async () => {
    const chat = bot(async message => (await message.progress('Copying')).fail(), TEXT_ONLY);
    await chat.user('ann').says('go');
    chat.expectReplies(['Copying …', 'Copying: failed']);
  });
});

describe('what is more than text', () => {
  const rich = (message: Message): Promise<unknown> =>
    message.respond([
      'Here:',
      markdown('**bold**'),
      code('a: 1', 'yaml'),
      table([
        { service: 'web', state: 'up' },
        { service: 'database', state: 'down' }
      ]),
      card({
        title: 'Web',
        text: 'fine',
        fields: { load: 0.5, owner: 'ann' },
        url: 'https://x.example/'
      }),
      image({ url: 'https://x.example/a.png', alt: 'a chart' })
    ]);

  const WORDS = [
    'Here:',
    '**bold**',
    'a: 1',
    'service   state',
    'web       up',
    'database  down',
    'Web',
    'fine',
    'load: 0.5',
    'owner: ann',
    'https://x.example/',
    'a chart https://x.example/a.png'
  ].join('\n');

  test('says the same in words on a connector that shows text alone', async () => {
    const chat = bot(rich, TEXT_ONLY);
    await chat.user('ann').says('go');
    expect(chat.replies).toMatchObject([{ text: WORDS, blocks: [] }]);
  });

  test('keeps its parts where they are shown, with the words beside them', async () => {
    const chat = bot(rich);
    await chat.user('ann').says('go');
    expect(chat.replies[0]?.text).toBe(WORDS);
    expect(chat.replies[0]?.blocks.map(({ type }) => type)).toEqual([
      'markdown',
      'markdown',
      'code',
      'table',
      'card',
      'image'
    ]);
  });

  test('is part by part put into words where only some of it is known', async () => {
    const connector = new FullRecorder();
    Object.assign(connector, { can: { blocks: new Set(['markdown', 'code']), events: new Set() } });
    const harness = new EngineHarness([], { connector });
    await harness.engine.say({ connector: 'test', room: 'general' }, '', {
      blocks: [
        { type: 'code', text: 'x' },
        { type: 'table', columns: ['a'], rows: [['1']] }
      ]
    });
    expect(connector.delivered[0]?.blocks).toEqual([
      { type: 'code', text: 'x' },
      { type: 'text', text: 'a\n1' }
    ]);
  });
});

describe('what was said', () => {
  test('can be changed, taken back, pinned and reacted to', async () => {
    const chat = bot(async message => {
      const sent = await message.respond('first');
      await sent.update('second');
      await sent.react('🎉');
      await sent.pin();
      const other = await message.respond('oops');
      await other.delete();
    });
    await chat.user('ann').says('go');
    expect(chat.replies).toMatchObject([
      { text: 'second', reactions: ['🎉'], pinned: true },
      { text: '', deleted: true }
    ]);
  });

  test('is said anew where it cannot be changed, and what is gone is not', async () => {
    const results: unknown[] = [];
    const chat = bot(async message => {
      const sent = await message.respond('first');
      await sent.update('second');
      results.push(await sent.react('🎉'));
      await sent.pin();
      await sent.delete();
    }, TEXT_ONLY);
    await chat.user('ann').says('go');
    chat.expectReplies(['first', '* second']);
    expect(results).toEqual([false]);
  });

  test('loses its parts where it becomes plain', async () => {
    const connector = new FullRecorder();
    const harness = new EngineHarness([], { connector });
    const { seq } = await harness.engine.say({ connector: 'test', room: 'general' }, '', {
      blocks: [{ type: 'code', text: 'x' }]
    });
    await harness.engine.serve('s', { method: 'update', seq, patch: { text: 'y', blocks: [] } });
    expect(connector.updates[0]?.patch).toMatchObject({ text: 'y', blocks: [] });
  });

  test('by a person is not a skill’s to rewrite', async () => {
    const harness = new EngineHarness([
      skill('edit', [matcher(/.+/)], (invocation, context) =>
        context.request({ method: 'update', seq: invocation.message.seq, patch: { text: 'mine' } })
      )
    ]);
    expect((await harness.ask('hello'))[0]).toContain('This message is someone else’s.');
    expect(harness.journal.get(1)?.text).toBe('hello');
  });
});

describe('what people do to messages', () => {
  test('is noted and told, and not shown to them again', async () => {
    const connector = new FullRecorder();
    const harness = new EngineHarness([skill('hi', [matcher(/^hi$/)], saying('Hi'))], {
      connector
    });
    const seq = await harness.say('hi');
    const told: unknown[] = [];
    harness.engine.speaker.updates.on(({ patch }) => told.push(Object.keys(patch)));
    await harness.say('hello', { event: { type: 'EditedMessage', data: {}, target: seq } });
    await harness.say('', { event: { type: 'Reaction', data: { emoji: '👍' }, target: 2 } });
    expect(connector.updates).toEqual([]);
    expect(told).toHaveLength(2);
    expect(harness.journal.get(seq)?.text).toBe('hello');
    expect(harness.journal.get(2)?.reactions).toEqual({ '👍': [{ id: 'ann', name: 'Ann' }] });
    await harness.say('', {
      event: { type: 'Reaction', data: { emoji: '👍', active: false }, target: 2 }
    });
    expect(harness.journal.get(2)?.reactions).toEqual({});
  });

  test('is refused when the message is someone else’s, or of another room', async () => {
    const harness = new EngineHarness([]);
    const seq = await harness.say('mine');
    const change = (more: object): Promise<unknown> =>
      harness.receive('yours', {
        event: { type: 'EditedMessage', data: {}, target: seq },
        ...more
      });
    await expect(change({ user: { id: 'ben', name: 'Ben' } })).rejects.toMatchObject({
      code: 'CHATOPS_MESSAGE_FOREIGN'
    });
    await expect(change({ room: 'ops' })).rejects.toMatchObject({
      code: 'CHATOPS_MESSAGE_FOREIGN'
    });
    expect(harness.journal.get(seq)?.text).toBe('mine');
  });
});

describe('an event that is sent', () => {
  test('is brought about by a connector that can, and refused by one that cannot', async () => {
    const connector = new FullRecorder();
    const full = new EngineHarness([], { connector });
    const event = { type: 'RoomName', data: { name: 'ops' }, text: '' };
    await full.engine.serve('s', { method: 'send', place: { room: 'r1' }, event });
    expect(connector.performed).toEqual([
      {
        event: { type: 'RoomName', data: { name: 'ops' } },
        place: { connector: 'test', room: 'r1' }
      }
    ]);
    const plain = new EngineHarness([]);
    await expect(
      plain.engine.serve('s', { method: 'send', place: {}, event })
    ).rejects.toMatchObject({ code: 'CHATOPS_EVENT_UNSUPPORTED' });
  });

  test('that is a message, or changes one, works everywhere', async () => {
    const chat = bot(async (message, b) => {
      const sent = await b.send(new events.Message('first'));
      await b.send(new events.EditedMessage('second', sent!.seq));
      await b.send(new events.Reaction('🎉', message.seq));
      await b.send(new events.Reply('in a thread', message.seq));
      await b.send(new events.PinMessage(sent!.seq));
    });
    const { seq } = await chat.user('ann').says('go');
    expect(chat.replies).toMatchObject([
      { text: 'second', reactions: [], pinned: true },
      { text: 'in a thread', thread: seq }
    ]);
  });
});

describe('a place', () => {
  test('is the default room of the first connector, or of the one that is preferred', async () => {
    const harness = new EngineHarness([]);
    const other = new Recorder('slack');
    harness.engine.addConnector(other);
    const { speaker } = harness.engine;
    expect(speaker.placeOf({})).toEqual({ connector: 'test', room: 'lobby' });
    speaker.prefer('slack');
    expect(speaker.placeOf({})).toEqual({ connector: 'slack', room: 'lobby' });
    speaker.prefer('gone');
    expect(speaker.placeOf({ room: 'x' })).toEqual({ connector: 'test', room: 'x' });
    expect(() => speaker.placeOf({ connector: 'irc' })).toThrow('irc is not there');
    Object.assign(other, { defaultRoom: undefined });
    expect(() => speaker.placeOf({ connector: 'slack' })).toThrow('a room of slack');
  });
});

describe('a bot that takes its time', () => {
  test('thinks and types before it answers, one answer after the other', async () => {
    const chat = bot(
      message => {
        // Both at once, as by a handler that forgot to wait.
        void message.respond('a long answer');
        void message.respond('short');
      },
      { delays: { thinking: 1, typing: 0.1 } }
    );
    await chat.user('ann').says('go');
    await chat.clock.advance(2299);
    chat.expectNoReply();
    await chat.clock.advance(1);
    chat.expectReplies(['a long answer']);
    await chat.clock.advance(1500);
    chat.expectReplies(['short']);
  });
});
