import { describe, expect, test } from 'vitest';
import { hears, type Hearing } from '../../../src/engine';
import { directRoomOf } from '../../../src/protocol';
import { EngineHarness } from '../../support/engine';
import { FakeParser, intentFound } from '../../support/fake-parser';
import { record, saying, skill } from '../../support/skills';

const place = {
  name: 'Ada',
  lookup: (connector: string, name: string) =>
    connector === 'slack' && name === '#ops' ? 'C2' : undefined
};

function isHeard(hearing: Hearing, text: string, more: object = {}): boolean {
  return hears(hearing, { text, connector: 'slack', room: 'C1', ...more }, place);
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
  const { outcome, room } = await bot.trace('good morning');
  expect(outcome).toBe('unmatched');
  expect([service.asked, model.asked]).toEqual([[], []]);
  bot.engine.parsers.configure([
    new FakeParser('nlu', () => intentFound('greet'), { hearing: { rooms: [room] } })
  ]);
  expect(await bot.ask('good morning')).toEqual(['Hello!']);
});
