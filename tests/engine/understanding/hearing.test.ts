import { describe, expect, test } from 'vitest';
import { hearingAgainst, type Hearing } from '../../../src/engine';
import { directRoomOf } from '../../../src/protocol';
import { EngineHarness } from '../../support/engine';
import { FakeParser, intentFound } from '../../support/fake-parser';
import { record, saying, skill } from '../../support/skills';

const place = {
  name: 'Ada',
  lookup: (connector: string, name: string) =>
    connector === 'slack' && name === '#ops' ? 'C2' : undefined
};

function reasonAgainst(hearing: Hearing, text: string, more: object = {}): string | undefined {
  return hearingAgainst(hearing, { text, connector: 'slack', room: 'C1', ...more }, place);
}

function isHeard(hearing: Hearing, text: string, more: object = {}): boolean {
  return reasonAgainst(hearing, text, more) === undefined;
}

describe('a parser is told', () => {
  test('of everything, when its section does not say otherwise', () => {
    expect(isHeard({}, 'hello')).toBe(true);
  });

  test('of what is said in its rooms, by whichever name', () => {
    expect(isHeard({ rooms: ['#ops'] }, 'hello')).toBe(false);
    expect(isHeard({ rooms: ['#ops'] }, 'hello', { room: 'C2' })).toBe(true);
    expect(isHeard({ rooms: ['C2'] }, 'hello', { room: 'C2' })).toBe(true);
    expect(isHeard({ rooms: ['#ops'] }, 'hello', { room: 'C2', connector: 'panel' })).toBe(false);
    expect(isHeard({ rooms: [] }, 'hello')).toBe(false);
  });

  test.each([
    ['Ada, restart web1', true],
    ['can you, @ada?', true],
    ['restart web1', false],
    ['my Adapter is broken', false],
    ['Äda or Adaé', false]
  ])('of what names the bot: “%s” %s', (text, expected) => {
    expect(isHeard({ addressed: true }, text)).toBe(expected);
  });

  test('of what is said where nobody else is, and of what its connector knows to be meant', () => {
    const room = directRoomOf({ id: 'ann' });
    expect(isHeard({ addressed: true }, 'hello', { room })).toBe(true);
    expect(isHeard({ addressed: true }, 'hello', { addressed: true })).toBe(true);
    expect(isHeard({ addressed: true }, 'Ada said so', { addressed: false })).toBe(false);
  });

  test.each([
    [{ rooms: ['#ops', 'C3'] }, 'it is told only of the rooms #ops, C3, by `rooms`; this is C1'],
    [{ rooms: [] }, 'it is told of no room: `rooms` is empty'],
    [{ addressed: true }, 'it is told only of what is said to the bot, by `addressed`'],
    [{}, undefined]
  ])('or not, for a reason that can be said: %j', (hearing, reason) => {
    expect(reasonAgainst(hearing, 'hello')).toBe(reason);
  });

  test('only when both the room and the words are right', () => {
    const hearing = { rooms: ['#ops'], addressed: true };
    expect(isHeard(hearing, 'Ada?', { room: 'C1' })).toBe(false);
    expect(isHeard(hearing, 'hm', { room: 'C2' })).toBe(false);
    expect(isHeard(hearing, 'Ada?', { room: 'C2' })).toBe(true);
  });
});

test('a service and a model hear nothing of a room that is not theirs', async () => {
  const hearing = { rooms: ['elsewhere'] };
  const service = new FakeParser('nlu', () => intentFound('greet'), { hearing });
  const model = new FakeParser('model', () => ({ findings: [], entities: {} }), {
    hearing,
    purpose: 'commands'
  });
  const bot = new EngineHarness([
    skill(
      'greeter',
      [record('nlu', { parser: 'nlu', field: 'intent', value: 'greet', scoreFactor: 1 })],
      saying('Hello!')
    )
  ]);
  bot.engine.parsers.configure([service, model]);
  const { outcome, room, unasked } = await bot.trace('good morning');
  expect(outcome).toBe('unmatched');
  const reason = `it is told only of the rooms elsewhere, by \`rooms\`; this is ${room}`;
  expect(unasked).toEqual([
    { parser: 'nlu', reason },
    { parser: 'model', reason }
  ]);
  expect([service.asked, model.asked]).toEqual([[], []]);
  bot.engine.parsers.configure([
    new FakeParser('nlu', () => intentFound('greet'), { hearing: { rooms: [room] } })
  ]);
  expect(await bot.ask('good morning')).toEqual(['Hello!']);
  expect(await bot.trace('good morning')).not.toHaveProperty('unasked');
});

test('what need not be asked is not said to have been left out', async () => {
  const model = new FakeParser('model', () => ({ findings: [], entities: {} }), {
    hearing: { addressed: true },
    purpose: 'commands'
  });
  const bot = new EngineHarness([skill('greeter', /hello/, saying('Hello!'))]);
  bot.engine.parsers.configure([model]);
  expect(await bot.trace('hello')).not.toHaveProperty('unasked');
  expect((await bot.trace('good morning')).unasked).toEqual([
    { parser: 'model', reason: 'it is told only of what is said to the bot, by `addressed`' }
  ]);
});
