import { expect, test } from 'vitest';
import type { Trace } from '../../../src/protocol';
import {
  checkCondition,
  checkStep,
  runsBetween,
  type Condition,
  type World
} from '../../../src/workshop';

const empty: World = {
  exchanges: [],
  posts: [],
  looks: [],
  changes: [],
  answers: {},
  skills: [],
  configuration: { value: {}, errors: [] },
  connectors: [],
  learner: 'Ann',
  cast: ['Tom'],
  done: [],
  earlier: [],
  file: async () => undefined,
  explain: async () => ({ candidates: [], outcome: 'unmatched' }) as unknown as Trace
};

function said(text: string, name = 'Ann', skill?: string): World['exchanges'][number] {
  const message = { seq: 1, text, user: { id: name, name }, room: 'general', connector: 'panel' };
  return {
    message,
    handled: { outcome: skill ? 'answered' : 'unmatched', skill, duration: 1 },
    replies: skill ? [{ ...message, text: `Hi ${name}`, user: { id: 'bot', name: 'bot' } }] : [],
    trace: undefined
  } as unknown as World['exchanges'][number];
}

async function isMet(condition: Condition, world: Partial<World>): Promise<boolean> {
  return (await checkCondition(condition, { ...empty, ...world })).met;
}

test('people of the story are no learners', async () => {
  const world = { exchanges: [said('hello', 'Tom')] };
  expect(await isMet({ said: { text: 'hello' } }, world)).toBe(false);
  expect(await isMet({ said: { text: 'hello', by: 'Tom' } }, world)).toBe(true);
});

test('all that is asked of a message holds for one and the same', async () => {
  const exchanges = [said('hello'), said('goodbye', 'Ann', 'hello')];
  expect(await isMet({ said: { text: '^hello$', skill: 'hello' } }, { exchanges })).toBe(false);
  expect(await isMet({ said: { text: 'bye', skill: 'hello' } }, { exchanges })).toBe(true);
  expect(await isMet({ said: { minimum: 2 } }, { exchanges })).toBe(true);
  expect(await isMet({ said: { minimum: 3 } }, { exchanges })).toBe(false);
});

test('a reply may be asked to name who spoke, whatever is in the name', async () => {
  const exchanges = [said('hello', 'A.(n', 'hello')];
  expect(await isMet({ said: { reply: 'Hi <user>$' } }, { exchanges })).toBe(true);
  expect(await isMet({ said: { reply: 'Bye <user>' } }, { exchanges })).toBe(false);
});

test('the configuration holds at least what is asked for, in any order', async () => {
  const configuration = {
    value: { skills: [{ name: 'a', path: 'x' }, { name: 'b' }], web: { token: 't' } },
    errors: []
  };
  const holds = (includes: unknown): Promise<boolean> =>
    isMet({ config: { includes } }, { configuration });
  expect(await holds({ skills: [{ name: 'b' }] })).toBe(true);
  expect(await holds({ skills: [{ name: 'b', path: '*' }] })).toBe(false);
  expect(await holds({ web: { token: '*' } })).toBe(true);
});

test('the first condition that is not met is told, with the mistake that explains it', async () => {
  const step = {
    check: [
      { id: 'first', is: { answered: { question: 'q' } } },
      { id: 'second', is: { looked: { text: 'x' } } }
    ],
    mistakes: [
      { id: 'other', when: [{ looked: { text: 'y' } }, { looked: { text: 'z' } }] },
      { id: 'known', when: [{ looked: { text: 'y' } }] }
    ]
  };
  expect(await checkStep(step, empty)).toEqual({ passed: false, unmet: 'first', facts: {} });
  const world = { ...empty, answers: { q: 'yes' }, looks: ['y'] };
  expect(await checkStep(step, world)).toMatchObject({ unmet: 'second', mistake: 'known' });
  expect(await checkStep(step, { ...world, looks: ['x'] })).toEqual({ passed: true });
});

test('schedules are read by the clock on the wall, and the end is not part of the time', () => {
  const record = { kind: 'crontab', schedule: '0 9 * * mon-fri', timezone: 'Asia/Tokyo' };
  const runs = (from: string, until: string): string[] =>
    runsBetween([record as never], from, until);
  expect(runs('2030-01-11T00:00', '2030-01-15T00:00')).toEqual([
    '2030-01-11T09:00',
    '2030-01-14T09:00'
  ]);
  expect(runs('2030-01-07T09:00', '2030-01-08T09:00')).toEqual(['2030-01-07T09:00']);
});
