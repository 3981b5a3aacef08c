import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryJournal, type Incoming, type Skill } from '../../src/engine';
import { ANN, EngineHarness, Recorder, type HarnessOptions } from '../support/engine';
import { settle } from '../support/hand-clock';
import { echo, matcher, respond, skill } from '../support/skills';

function setUp(skills: readonly Skill[], options: HarnessOptions = {}) {
  const journal = options.journal ?? new MemoryJournal();
  const harness = new EngineHarness(skills, { ...options, journal });
  const { engine, registry, clock, connector } = harness;
  const say = (text: string, more: Partial<Incoming> = {}) => harness.receive(text, more);
  return { engine, registry, clock, connector, journal, say, texts: () => harness.texts };
}

describe('a message', () => {
  test('is answered by the skill that matches best, in its own room and by its connector', async () => {
    const { engine, connector, say } = setUp([
      skill('loose', /hello/, echo('loose')),
      skill('strict', /^hello there$/, echo('strict'))
    ]);
    const { message } = await say('hello there', { room: 'ops' });
    await engine.whenIdle();
    expect(connector.delivered).toMatchObject([
      {
        text: 'strict: hello there',
        room: 'ops',
        connector: 'test',
        answers: message.seq,
        skill: 'strict',
        user: { bot: true }
      }
    ]);
  });

  test('that nothing matches is left alone, and that is known of it', async () => {
    const { engine, journal, say, texts } = setUp([skill('hello', /hello/)]);
    const { message } = await say('good evening');
    await engine.whenIdle();
    expect(texts()).toEqual([]);
    expect(journal.get(message.seq)?.handled).toMatchObject({ outcome: 'unmatched' });
  });

  test('is handled once, however often it is sent', async () => {
    const { engine, say, texts } = setUp([skill('hello', /hello/, echo('hi'))]);
    const first = await say('hello', { id: 'same' });
    const second = await say('hello', { id: 'same' });
    await engine.whenIdle();
    expect([first.duplicate, second.duplicate]).toEqual([false, true]);
    expect(second.message.seq).toBe(first.message.seq);
    expect(texts()).toEqual(['hi: hello']);
  });

  test('waits for those before it in its room, and for no other room', async () => {
    let open!: () => void;
    const slow = new Promise<void>(resolve => (open = resolve));
    const { engine, say, texts } = setUp([
      skill('slow', /slow/, async (invocation, context) => {
        await slow;
        await respond(invocation, context, invocation.message.text);
      }),
      skill('fast', /fast/, echo('fast'))
    ]);
    await say('slow');
    await say('fast one');
    await say('fast two', { room: 'elsewhere' });
    await settle();
    expect(texts()).toEqual(['fast: fast two']);
    open();
    await engine.whenIdle();
    expect(texts()).toEqual(['fast: fast two', 'slow', 'fast: fast one']);
  });

  test('is safe before it is acknowledged', async () => {
    const journal = new MemoryJournal();
    let flushed = false;
    let confirm!: () => void;
    journal.flush = () => new Promise(resolve => (confirm = resolve));
    const { say } = setUp([], { journal });
    const receipt = say('hello').then(() => (flushed = true));
    await settle();
    expect(flushed).toBe(false);
    confirm();
    await receipt;
    expect(flushed).toBe(true);
  });

  test('is acknowledged before anything comes of it', async () => {
    const { engine, registry, connector } = setUp([skill('hello', /hello/, echo('hi'))]);
    registry.put(skill('silent', /nothing/));
    const order: string[] = [];
    connector.deliver = ({ text }) => void order.push(text);
    engine.handled.on(({ message }) => order.push(`${message.text} handled`));
    for (const text of ['hello', 'unmatched']) {
      const incoming = { id: text, connector: 'test', room: 'general', user: ANN, text };
      void engine.receive(incoming, () => order.push(`${text} acknowledged`));
    }
    await engine.whenIdle();
    expect(order).toEqual([
      'hello acknowledged',
      'unmatched acknowledged',
      'hi: hello',
      'hello handled',
      'unmatched handled'
    ]);
  });

  test('is refused when its room has too many waiting, and is not in the journal then', async () => {
    const { say, journal } = setUp([skill('stuck', /./, () => new Promise(() => undefined))]);
    await Promise.all(Array.from({ length: 1000 }, () => say('x')));
    await expect(say('one too many')).rejects.toMatchObject({ code: 'CHATOPS_ROOM_BUSY' });
    expect(journal.last).toBe(1000);
    await expect(say('x', { room: 'another' })).resolves.toBeDefined();
  });
});

describe('a skill that fails', () => {
  test('is named in the room, and the next message is handled', async () => {
    const { engine, connector, say, journal } = setUp([
      skill('boom', /boom/, () => {
        throw new Error('no fuse');
      }),
      skill('hello', /hello/, echo('hi'))
    ]);
    const { message } = await say('boom');
    await say('hello');
    await engine.whenIdle();
    expect(connector.delivered).toMatchObject([
      { notice: 'error', skill: 'boom', answers: message.seq, error: { message: 'no fuse' } },
      { text: 'hi: hello' }
    ]);
    expect(journal.get(message.seq)?.handled?.outcome).toBe('failed');
  });

  test('says so too when its connector does not take the answer', async () => {
    const { engine, connector, say } = setUp([skill('hello', /hello/, echo('hi'))]);
    let attempts = 0;
    connector.deliver = () => {
      attempts++;
      return attempts === 1 ? Promise.reject(new Error('rate limit')) : undefined;
    };
    const { message } = await say('hello');
    await engine.whenIdle();
    expect(engine.trace(message.seq)).toMatchObject({
      outcome: 'failed',
      run: { error: { message: 'rate limit' } }
    });
  });

  test('that was taken out meanwhile is reported', async () => {
    const { engine, registry, say, connector } = setUp([skill('hello', /hello/)], {
      guard: { match: () => Promise.resolve(registry.remove('hello')).then(() => []) }
    });
    registry.put(skill('peek', /(?=never)x/));
    await say('hello');
    await engine.whenIdle();
    expect(connector.delivered).toMatchObject([{ error: { code: 'CHATOPS_SKILL_CHANGED' } }]);
  });
});

describe('the trace of a message', () => {
  test('says what was weighed, what won and what it did', async () => {
    const { engine, say } = setUp([
      skill('loose', [matcher(/hi|hello/)]),
      skill('strict', [matcher(/^(?<word>hello) there$/)], async (invocation, context) => {
        context.log({ time: 1, level: 'info', text: 'working' });
        context.http({ method: 'GET', url: 'http://api/', status: 200, duration: 5 });
        await respond(invocation, context, 'done');
      }),
      skill('other', [matcher(/goodbye/)])
    ]);
    const { message } = await say('hello there');
    await engine.whenIdle();
    const trace = engine.trace(message.seq);
    expect(trace).toMatchObject({
      seq: message.seq,
      text: 'hello there',
      considered: 3,
      winner: 0,
      outcome: 'answered',
      candidates: [
        {
          skill: 'strict',
          captures: [{ name: 'word', value: 'hello', span: { start: 0, end: 5 } }],
          score: { coverage: 1 }
        },
        { skill: 'loose', spans: [{ start: 0, end: 5 }], score: { length: 8 } }
      ],
      run: {
        skill: 'strict',
        replies: [2],
        logs: [{ text: 'working' }],
        http: [{ url: 'http://api/', status: 200 }]
      }
    });
  });

  test('never shows one candidate the captures of another', async () => {
    const seen: unknown[] = [];
    const { engine, say } = setUp([
      skill('narrow', [matcher(/delete vm (?<target>\w+) in (?<place>\w+)$/)], ({ captures }) =>
        seen.push(captures.map(({ name, value }) => [name, value]))
      ),
      skill('wide', [matcher(/delete (?<target>.+)/)])
    ]);
    await say('delete vm web1 in eu');
    await engine.whenIdle();
    expect(seen).toEqual([
      [
        ['target', 'web1'],
        ['place', 'eu']
      ]
    ]);
  });

  test('is asked for by number, and is an error for one that is not known', () => {
    const { engine } = setUp([]);
    expect(() => engine.trace(99)).toThrow('There is no trace of the message 99.');
  });

  test('can be had for a text that nobody said, and nothing happens', async () => {
    const { engine, texts, journal } = setUp([skill('hello', /hello/, echo('hi'))]);
    const trace = await engine.explain('say hello', {
      connector: 'test',
      room: 'general',
      user: ANN
    });
    expect(trace).toMatchObject({ seq: 0, winner: 0, candidates: [{ skill: 'hello' }] });
    expect(texts()).toEqual([]);
    expect(journal.last).toBe(0);
  });

  test('tells of patterns that gave up', async () => {
    const error = { code: 'CHATOPS_MATCHER_SLOW', message: 'too slow', hint: '' };
    const { engine, say } = setUp([skill('peek', /(?=x)x/), skill('plain', /x/)], {
      guard: { match: matchers => Promise.resolve(matchers.map(matcher => ({ matcher, error }))) }
    });
    const { message } = await say('x');
    await engine.whenIdle();
    expect(engine.trace(message.seq)).toMatchObject({
      considered: 2,
      troubles: [error],
      candidates: [{ skill: 'plain' }]
    });
  });

  test('ranks patterns of the guarded engine with the others', async () => {
    const match = { spans: [{ start: 0, end: 1 }], captures: [] };
    const { engine, say } = setUp([skill('plain', /x/), skill('peek', /(?=xyz)xyz/)], {
      guard: { match: matchers => Promise.resolve(matchers.map(matcher => ({ matcher, match }))) }
    });
    const { message } = await say('xyz');
    await engine.whenIdle();
    expect(engine.trace(message.seq).candidates.map(({ skill }) => skill)).toEqual([
      'peek',
      'plain'
    ]);
  });
});

describe('after the process before this one ended', () => {
  test('what no skill had begun is handled, and what one had begun is not run twice', async () => {
    const journal = new MemoryJournal();
    const waiting = journal.add({
      id: '1',
      connector: 'test',
      room: 'general',
      user: ANN,
      text: 'hello',
      time: 0
    });
    const begun = journal.add({
      id: '2',
      connector: 'test',
      room: 'general',
      user: ANN,
      text: 'deploy',
      time: 0
    });
    journal.takeUnfinished = () => [{ message: waiting }, { message: begun, started: 'deploy' }];
    const deployed: string[] = [];
    const { engine, connector } = setUp(
      [skill('hello', /hello/, echo('hi')), skill('deploy', /deploy/, () => deployed.push('x'))],
      { journal }
    );
    engine.resume();
    await engine.whenIdle();
    expect(connector.delivered).toMatchObject([
      { text: 'hi: hello' },
      { answers: begun.seq, error: { code: 'CHATOPS_SKILL_INTERRUPTED' } }
    ]);
    expect(deployed).toEqual([]);
    expect(journal.get(begun.seq)?.handled?.outcome).toBe('interrupted');
  });
});

describe('the room', () => {
  test('sees that the bot is writing when it takes a while, and only then', async () => {
    let open!: () => void;
    const { engine, clock, connector, say } = setUp([
      skill('slow', /slow/, () => new Promise<void>(resolve => (open = resolve))),
      skill('fast', /fast/)
    ]);
    await say('fast');
    await engine.whenIdle();
    await say('slow');
    await clock.advance(299);
    expect(connector.typingShown).toEqual([]);
    await clock.advance(1);
    expect(connector.typingShown).toEqual([true]);
    open();
    await engine.whenIdle();
    expect(connector.typingShown).toEqual([true, false]);
  });

  test('hears of the bot itself where each connector wants it', async () => {
    const { engine, connector } = setUp([]);
    const silent = Object.assign(new Recorder('silent'), { noticeRooms: [] });
    engine.addConnector(silent);
    await engine.speaker.notify({ text: 'reloaded', notice: 'info' });
    expect(connector.delivered).toMatchObject([
      { room: 'lobby', text: 'reloaded', notice: 'info' }
    ]);
    expect(silent.delivered).toEqual([]);
  });
});

test('secrets are taken out of replies, logs, requests and errors', async () => {
  const mask = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replaceAll('s3cret', '***')) as T;
  const { engine, journal, texts, say } = setUp(
    [
      skill('leak', /leak/, async (invocation, context) => {
        context.log({ time: 0, level: 'info', text: 'token s3cret' });
        context.http({ method: 'GET', url: 'http://s3cret/', duration: 1 });
        await respond(invocation, context, 'it is s3cret');
        throw new Error('bad s3cret');
      })
    ],
    { mask }
  );
  const { message } = await say('leak');
  await engine.whenIdle();
  expect(texts()[0]).toBe('it is ***');
  expect(JSON.stringify([engine.trace(message.seq), journal.get(2), journal.get(3)])).not.toContain(
    's3cret'
  );
});

test('a room keeps its order, whatever else happens: answers, presses, events of other rooms', async () => {
  const steps = fc.array(
    fc.record({
      room: fc.constantFrom('a', 'b'),
      who: fc.constantFrom('ann', 'ben'),
      what: fc.constantFrom('ask', 'say', 'say', 'press', 'edit')
    }),
    { maxLength: 30 }
  );
  await fc.assert(
    fc.asyncProperty(steps, async list => {
      const order: string[] = [];
      const { engine, say, clock } = setUp([
        skill('ask', [matcher(/^ask/)], async (invocation, context) => {
          order.push(invocation.message.id);
          const { connector, room, user } = invocation.message;
          await context
            .request({
              method: 'ask',
              kind: 'confirm',
              content: { text: '?' },
              place: { connector, room },
              user,
              timeout: 1000
            })
            .catch(() => undefined);
        }),
        skill('say', [matcher(/^say/)], ({ message }) => void order.push(message.id))
      ]);
      for (const [i, { room, who, what }] of list.entries()) {
        const text = `${what} ${i}`;
        const event =
          what === 'press'
            ? { event: { type: 'Press', data: { block: 'question:gone', value: 'yes' } } }
            : what === 'edit'
              ? { event: { type: 'EditedMessage', data: {} } }
              : {};
        await say(text, { id: `${room} ${i}`, room, user: { id: who, name: who }, ...event });
      }
      const state = { isIdle: false };
      void engine.whenIdle().then(() => (state.isIdle = true));
      while (!state.isIdle) {
        await clock.advance(1000);
      }
      for (const room of ['a', 'b']) {
        const seen = order.filter(id => id.startsWith(room)).map(id => Number(id.slice(2)));
        expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 40 }
  );
});
