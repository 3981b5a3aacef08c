import { describe, expect, test } from 'vitest';
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
  explain: async () => ({ candidates: [], outcome: 'unmatched' }) as unknown as Trace,
  test: async () => ({ passed: 0, failed: 0 })
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

describe('tests', () => {
  const file = async (): Promise<string> => 'test';
  const tested = (
    run: { passed: number; failed: number; problem?: string },
    more: object = {}
  ): Promise<boolean> =>
    isMet({ tested: { path: 'a.test.ts', ...more } }, { file, test: async () => run });

  test('are met when all pass, and there are enough of them', async () => {
    expect(await tested({ passed: 2, failed: 0 })).toBe(true);
    expect(await tested({ passed: 2, failed: 0 }, { minimum: 3 })).toBe(false);
    expect(await tested({ passed: 1, failed: 1, problem: 'a: no' })).toBe(false);
    expect(await tested({ passed: 0, failed: 0 })).toBe(false);
    expect(await tested({ passed: 1, failed: 0, problem: 'too long' })).toBe(false);
  });

  test('that must fail are met when one does, and not when nothing could be run', async () => {
    const fails = true;
    expect(await tested({ passed: 1, failed: 1, problem: 'a: no' }, { fails })).toBe(true);
    expect(await tested({ passed: 2, failed: 0 }, { fails })).toBe(false);
    expect(await tested({ passed: 0, failed: 0, problem: 'syntax' }, { fails })).toBe(false);
  });

  test('are not run where there is no file', async () => {
    const condition = { tested: { path: 'a.test.ts' } };
    expect(await isMet(condition, { test: async () => ({ passed: 1, failed: 0 }) })).toBe(false);
  });
});

test('a handler of a notebook is told from a skill', async () => {
  const skills = [
    { name: 'note cell 1', source: { kind: 'cell', path: 'note' }, state: 'live', version: 1 },
    { name: 'hello', source: { kind: 'path' }, state: 'live', version: 1 }
  ] as unknown as World['skills'];
  const live = (skill: string): Promise<boolean> =>
    isMet({ said: { live: true } }, { skills, exchanges: [said('hi', 'Ann', skill)] });
  expect([await live('note cell 1'), await live('hello')]).toEqual([true, false]);
});

test('a file may have to bear the learner’s name', async () => {
  const is = { file: { path: 'c.json', matches: '"learner": "<user>"' } };
  const file = async (): Promise<string> => '{ "learner": "Ann (ops)" }';
  expect(await isMet(is, { file, learner: 'Ann (ops)' })).toBe(true);
  expect(await isMet(is, { file, learner: 'Ben' })).toBe(false);
});
