import { describe, expect, test } from 'vitest';
import type { HostRequest } from '../../src/engine';
import type { Capture, ChatMessage } from '../../src/protocol';
import type { Bot, SkillConfig } from '../../src/skill';
import { callHandler, SkillMessage } from '../../src/skill/host';

const said: ChatMessage = {
  seq: 4,
  id: 'x',
  room: 'ops',
  connector: 'panel',
  user: { id: 'u1', name: 'Ann' },
  text: 'stop web, stop db',
  time: Date.UTC(2026, 0, 2)
};

function message(
  captures: Capture[] = [
    { name: 'what', value: 'web' },
    { name: '2', value: null }
  ],
  spans = [{ start: 0, end: 8 }]
) {
  const asked: HostRequest[] = [];
  const seen = new SkillMessage(
    { message: said, text: said.text, spans, captures },
    {
      signal: new AbortController().signal,
      ask: async request => {
        asked.push(request);
        return 5 as never;
      }
    }
  );
  return { seen, asked };
}

test('a skill sees who said what, where and when', () => {
  const { seen } = message();
  expect(seen).toMatchObject({
    text: said.text,
    user: 'Ann',
    userId: 'u1',
    room: 'ops',
    connector: 'panel'
  });
  expect(seen.time.toISOString()).toBe('2026-01-02T00:00:00.000Z');
});

test('a match looks like one of JavaScript', () => {
  const { match } = message().seen;
  expect([...match]).toEqual(['stop web', 'web', undefined]);
  expect(match.index).toBe(0);
  expect(match.input).toBe(said.text);
  expect(match.groups).toEqual({ what: 'web' });
});

test('all places are there when all were asked for', () => {
  const captures = ['web', 'db'].map(value => ({ name: 'what', value }));
  const spans = [
    { start: 0, end: 8 },
    { start: 10, end: 17 }
  ];
  const { match, matches } = message(captures, spans).seen;
  expect(matches.map(each => [each[0], each.groups.what])).toEqual([
    ['stop web', 'web'],
    ['stop db', 'db']
  ]);
  expect(match).toBe(matches[0]);
});

test.each([
  ['words', 'words'],
  [42, '42'],
  [{ a: [1] }, '{"a":[1]}'],
  [undefined, 'undefined'],
  [null, 'null']
])('%j is said as %s', async (value, text) => {
  const { seen, asked } = message();
  await seen.respond(value);
  const place = { connector: 'panel', room: 'ops' };
  expect(asked).toEqual([{ method: 'say', place, content: { text }, answers: 4 }]);
});

describe('a handler', () => {
  const bot = { name: 'bot' } as Bot;
  const config = { name: 'stop' } as SkillConfig;

  test('with one parameter gets the message', async () => {
    const { seen } = message();
    const got: unknown[] = [];
    await callHandler((first: unknown) => void got.push(first), bot, config, seen);
    expect(got).toEqual([seen]);
  });

  test('with more gets bot, config and message', async () => {
    const { seen } = message();
    const got: unknown[] = [];
    await callHandler((a, b, c) => got.push(a, b, c), bot, config, seen);
    await callHandler((a, b) => got.push(a, b), bot, config, seen);
    expect(got).toEqual([bot, config, seen, bot, config]);
  });

  test('may fail, now or later', async () => {
    const { seen } = message();
    const now = (): never => {
      throw new Error('now');
    };
    await expect(callHandler(now, bot, config, seen)).rejects.toThrow('now');
    await expect(
      callHandler(() => Promise.reject(new Error('later')), bot, config, seen)
    ).rejects.toThrow('later');
  });
});
