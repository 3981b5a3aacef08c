import { describe, expect, test } from 'vitest';
import type { ChatEvent } from '../../../src/protocol';
import { EngineHarness } from '../../support/engine';
import { matcher, record, respond, saying, skill } from '../../support/skills';

const event = (type: string, data: Record<string, unknown> = {}): { event: ChatEvent } => ({
  event: { type, data }
});

describe('beside the winner', () => {
  const skills = [
    skill('always', [record('always', {})], saying('always')),
    skill('event', [record('event', { event: 'Message', filters: {} })], saying('event')),
    skill('left', [record('catchall', { messagesOnly: true })], saying('left over')),
    skill('plain', [matcher(/hello/)], saying('hello'))
  ];

  test('what is called for every event and for this kind of event is called too', async () => {
    const harness = new EngineHarness(skills);
    expect((await harness.ask('hello')).toSorted()).toEqual(['always', 'event', 'hello']);
    expect((await harness.ask('what?')).toSorted()).toEqual(['always', 'event', 'left over']);
  });

  test('each of a kind is called after the other, and its runs are in the trace', async () => {
    const order: string[] = [];
    const slow = (name: string) => async (): Promise<void> => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
    };
    const harness = new EngineHarness([
      skill('a', [record('always', {})], slow('a')),
      skill('b', [record('always', {})], slow('b'))
    ]);
    const trace = await harness.trace('x');
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(trace.companions).toMatchObject([
      { kind: 'always', run: { skill: 'a' } },
      { kind: 'always', run: { skill: 'b' } }
    ]);
    expect(trace.outcome).toBe('unmatched');
  });

  test('a slow one does not hold up the answer', async () => {
    const harness = new EngineHarness([
      skill('forever', [record('always', {})], () => new Promise(() => undefined)),
      skill('plain', [matcher(/hello/)], saying('hello'))
    ]);
    await harness.receive('hello');
    await harness.clock.advance(0);
    expect(harness.texts).toEqual(['hello']);
  });

  test('one that fails says so, and the others are called', async () => {
    const harness = new EngineHarness([
      skill('boom', [record('always', {})], () => {
        throw new Error('no fuse');
      }),
      ...skills
    ]);
    const texts = await harness.ask('hello');
    expect(texts.filter(text => !text.includes('no fuse')).toSorted()).toEqual([
      'always',
      'event',
      'hello'
    ]);
  });
});

describe('a catch-all', () => {
  test('answers messages only, unless it wants other events too', async () => {
    const harness = new EngineHarness([
      skill('words', [record('catchall', { messagesOnly: true })], saying('words')),
      skill('all', [record('catchall', { messagesOnly: false })], saying('all'))
    ]);
    expect(await harness.ask('x')).toEqual(['words', 'all']);
    expect(await harness.ask('', event('JoinRoom'))).toEqual(['all']);
  });

  test('answers for the message, and does not when someone was refused', async () => {
    const harness = new EngineHarness([
      skill('left', [record('catchall', { messagesOnly: true })], saying('left over')),
      skill('ops', [matcher(/deploy/, { roles: [{ role: 'ops' }] })])
    ]);
    const trace = await harness.trace('what?');
    expect(harness.journal.get(trace.seq)?.handled).toMatchObject({
      outcome: 'answered',
      skill: 'left'
    });
    expect(await harness.ask('deploy')).toEqual(['ops is not done: it takes the role ops.']);
  });
});

describe('an event matcher', () => {
  const ask = async (
    wanted: Record<string, unknown>,
    given: Record<string, unknown>,
    data: Record<string, unknown> = {}
  ): Promise<boolean> => {
    const harness = new EngineHarness([
      skill('a', [record('event', { event: 'Press', filters: wanted })], saying('called'))
    ]);
    const entities = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, { value }])
    );
    return (await harness.ask('x', { ...event('Press', data), entities })).length > 0;
  };

  test.each([
    [{}, {}, {}, true],
    [{ value: 'a' }, { value: 'a' }, {}, true],
    [{ value: 'a' }, { value: 'b' }, {}, false],
    [{ value: 'a' }, {}, {}, false],
    [{ value: ['a', 'b'] }, { value: ['b', 'a'] }, {}, true],
    [{ value: ['a', 'b'] }, { value: ['a', 'a'] }, {}, false],
    [{ value: { x: 1, y: [2] } }, { value: { y: [2], x: 1 } }, {}, true],
    [{ block: 'menu' }, {}, { block: 'menu' }, true],
    [{ block: 'menu' }, { block: 'other' }, { block: 'menu' }, false],
    [{ n: 0 }, { n: '0' }, {}, false],
    [{ n: null }, { n: null }, {}, true]
  ])('that wants %j, of entities %j and data %j: %s', async (wanted, given, data, expected) => {
    expect(await ask(wanted, given, data)).toBe(expected);
  });

  test('is called for its own kind alone, by either name of the start', async () => {
    const harness = new EngineHarness([
      skill('join', [record('event', { event: 'JoinRoom', filters: {} })], saying('joined')),
      skill('start', [record('event', { event: 'OpsdroidStarted', filters: {} })], saying('up'))
    ]);
    expect(await harness.ask('', event('LeaveRoom'))).toEqual([]);
    expect(await harness.ask('', event('JoinRoom'))).toEqual(['joined']);
    expect(await harness.ask('', event('BotStarted'))).toEqual(['up']);
  });

  test('does not keep text events from being matched as texts', async () => {
    const harness = new EngineHarness([
      skill('edited', [record('event', { event: 'EditedMessage', filters: {} })], saying('seen')),
      skill('plain', [matcher(/hello/)], saying('hello'))
    ]);
    expect((await harness.ask('hello', event('EditedMessage'))).toSorted()).toEqual([
      'hello',
      'seen'
    ]);
  });
});

describe('an event that a skill fires', () => {
  test('comes in as if a connector had brought it', async () => {
    const harness = new EngineHarness([
      skill('fire', [matcher(/^go$/)], (_, context) =>
        context.request({
          method: 'fire',
          place: { room: 'ops' },
          event: { type: 'Deployed', data: { service: 'web' }, text: '' }
        })
      ),
      skill(
        'hear',
        [record('event', { event: 'Deployed', filters: { service: 'web' } })],
        (invocation, context) => respond(invocation, context, `heard in ${invocation.message.room}`)
      )
    ]);
    expect(await harness.ask('go')).toEqual(['heard in ops']);
  });

  test('is not fired when events go round in a circle', async () => {
    let count = 0;
    const harness = new EngineHarness([
      skill('again', [record('event', { event: 'Ping', filters: {} })], async (_, context) => {
        count++;
        await context.request({
          method: 'fire',
          place: {},
          event: { type: 'Ping', data: {}, text: '' }
        });
      })
    ]);
    await harness.say('', event('Ping'));
    expect(count).toBe(11);
    expect(harness.texts.at(-1)).toContain('10 events have led to each other already');
  });
});
