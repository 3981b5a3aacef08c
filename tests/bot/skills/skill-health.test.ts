import { expect, test } from 'vitest';
import { SkillHealth } from '../../../src/bot/skills/skill-health';
import type { ErrorRecord } from '../../../src/protocol';

function setUp() {
  const held: string[] = [];
  const clock = { time: 0 };
  const health = new SkillHealth(
    () => clock.time,
    (skill, { message }) => held.push(`${skill}: ${message}`)
  );
  const fail = (code: string, times = 1): void => {
    for (let i = 0; i < times; i++) {
      health.note({ skill: 'bad', error: { code, message: '', hint: '' } as ErrorRecord });
    }
  };
  return { health, held, clock, fail };
}

test('a skill that had to be stopped three times is put on hold, whatever went well between', () => {
  const { health, held, fail } = setUp();
  fail('CHATOPS_SKILL_BLOCKED', 2);
  health.note({ skill: 'bad' });
  expect(held).toEqual([]);
  fail('CHATOPS_SKILL_MEMORY');
  expect(held).toEqual([
    'bad: The skill `bad` is on hold: it had to be stopped 3 times within 10 minutes.'
  ]);
});

test('what happened long ago is forgotten', () => {
  const { held, clock, fail } = setUp();
  fail('CHATOPS_SKILL_BLOCKED', 2);
  clock.time += 11 * 60_000;
  fail('CHATOPS_SKILL_BLOCKED', 2);
  expect(held).toEqual([]);
});

test('ten failures in a row are too many; one that went well begins anew', () => {
  const { health, held, fail } = setUp();
  fail('CHATOPS_SKILL_FAILED', 9);
  health.note({ skill: 'bad' });
  fail('CHATOPS_SKILL_FAILED', 9);
  expect(held).toEqual([]);
  fail('CHATOPS_SKILL_STRAY');
  expect(held).toEqual(['bad: The skill `bad` is on hold: it failed 10 times in a row.']);
});

test('what others did to it does not count', () => {
  const { held, fail } = setUp();
  fail('CHATOPS_SKILL_CUT_SHORT', 20);
  fail('CHATOPS_QUESTION_TIMEOUT', 20);
  expect(held).toEqual([]);
});
