import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Crontab } from '../../../src/engine';
import type { ChatOpsError } from '../../../src/protocol';
import { firesAt } from '../../conformance/drivers/crontab-reference';

/** The first times of a schedule after one, as ISO 8601. */
function times(schedule: string, after: string, count = 3, timezone?: string): string[] {
  const crontab = Crontab.parse({ schedule, ...(timezone && { timezone }) });
  const found: string[] = [];
  let time = new Date(after).getTime();
  while (found.length < count) {
    time = crontab.next(time)!;
    found.push(new Date(time).toISOString().replace(':00.000Z', 'Z'));
  }
  return found;
}

// 2026-05-06 is a Wednesday.
test.each([
  ['*/5 * * * *', '2026-05-06T10:04Z', ['2026-05-06T10:05Z', '2026-05-06T10:10Z']],
  ['0 9 * * 1-5', '2026-05-08T09:00Z', ['2026-05-11T09:00Z', '2026-05-12T09:00Z']],
  ['0 9 * * mon-fri', '2026-05-08T09:00Z', ['2026-05-11T09:00Z', '2026-05-12T09:00Z']],
  ['10-20/5 * * * *', '2026-05-06T10:14Z', ['2026-05-06T10:15Z', '2026-05-06T10:20Z']],
  ['0 0 * * sun', '2026-05-06T00:00Z', ['2026-05-10T00:00Z', '2026-05-17T00:00Z']],
  ['0 0 * * 7', '2026-05-06T00:00Z', ['2026-05-10T00:00Z', '2026-05-17T00:00Z']],
  ['0 0 * * 5-7', '2026-05-09T00:00Z', ['2026-05-10T00:00Z', '2026-05-15T00:00Z']],
  ['0 0 * * FRI-MON', '2026-05-09T00:00Z', ['2026-05-10T00:00Z', '2026-05-11T00:00Z']],
  ['0 0 1 * 3', '2026-05-01T00:00Z', ['2026-05-06T00:00Z', '2026-05-13T00:00Z']],
  ['5/10 * * * *', '2026-05-06T10:06Z', ['2026-05-06T10:15Z', '2026-05-06T10:25Z']],
  ['0 0 * jan *', '2026-01-30T12:00Z', ['2026-01-31T00:00Z', '2027-01-01T00:00Z']],
  ['0 0 1 nov-feb *', '2026-11-15T00:00Z', ['2026-12-01T00:00Z', '2027-01-01T00:00Z']],
  ['0 22-2 * * *', '2026-05-06T23:30Z', ['2026-05-07T00:00Z', '2026-05-07T01:00Z']],
  ['30 4 29 2 *', '2026-05-06T00:00Z', ['2028-02-29T04:30Z', '2032-02-29T04:30Z']]
])('`%s` after %s: %j', (schedule, after, expected) => {
  expect(times(schedule, after, 2)).toEqual(expected);
});

test('a time is that of its zone, through summer and winter', () => {
  // In Berlin the clocks go forward on 29 March 2026 and back on 25 October.
  expect(times('30 9 * * *', '2026-03-28T00:00Z', 2, 'Europe/Berlin')).toEqual([
    '2026-03-28T08:30Z',
    '2026-03-29T07:30Z'
  ]);
  expect(times('30 9 * * *', '2026-10-24T12:00Z', 2, 'Europe/Berlin')).toEqual([
    '2026-10-25T08:30Z',
    '2026-10-26T08:30Z'
  ]);
});

test('an hour that does not exist is not left out, and one that comes twice counts once', () => {
  const spring = times('30 2 * * *', '2026-03-28T12:00Z', 2, 'Europe/Berlin');
  expect(spring[0]).toMatch(/^2026-03-29T01:[03]0Z$/);
  expect(spring[1]).toBe('2026-03-30T00:30Z');
  const autumn = times('30 2 * * *', '2026-10-24T12:00Z', 2, 'Europe/Berlin');
  expect(autumn[0]).toMatch(/^2026-10-25T0[01]:30Z$/);
  expect(autumn[1]).toBe('2026-10-26T01:30Z');
});

describe('what is no schedule', () => {
  test.each([
    ['@hourly', 'it has one field instead of five'],
    ['* * * *', 'it has 4 fields instead of five'],
    ['* * * * * *', 'it has 6 fields instead of five'],
    ['61 * * * *', ''],
    ['0 25 * * *', ''],
    ['0 0 * foo *', ''],
    ['a b c d e', '']
  ])('`%s` is refused: %s', (schedule, reason) => {
    try {
      Crontab.parse({ schedule });
    } catch (error) {
      expect((error as ChatOpsError).code).toBe('CHATOPS_MATCHER_CRONTAB');
      expect((error as ChatOpsError).message).toContain(
        `\`${schedule}\` is not a schedule: ${reason}`
      );
      return;
    }
    throw new Error('it was taken');
  });

  test('nor is one in a zone that does not exist', () => {
    expect(() => Crontab.parse({ schedule: '* * * * *', timezone: 'Mars/Olympus' })).toThrow(
      'is not a schedule'
    );
  });
});

test('times are counted, as far as anybody wants to know', () => {
  const crontab = Crontab.parse({ schedule: '*/10 * * * *' });
  const [from, to] = ['2026-05-06T10:00Z', '2026-05-06T11:00Z'].map(text =>
    new Date(text).getTime()
  );
  expect(crontab.count(from!, to!, 100)).toBe(6);
  expect(crontab.count(from!, to!, 4)).toBe(4);
});

test('every schedule is due when crontab(5) says so', () => {
  const field = (first: number, last: number): fc.Arbitrary<string> => {
    const value = fc.integer({ min: first, max: last });
    return fc.oneof(
      { weight: 3, arbitrary: fc.constant('*') },
      value.map(String),
      fc.tuple(value, value).map(([a, b]) => `${a}-${b}`),
      fc.integer({ min: 2, max: 7 }).map(step => `*/${step}`),
      fc.tuple(value, fc.integer({ min: 2, max: 7 })).map(([from, step]) => `${from}/${step}`),
      fc.tuple(value, value).map(([a, b]) => `${a},${b}`)
    );
  };
  const schedules = fc.tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6));
  const dates = fc.date({
    min: new Date('2026-01-01'),
    max: new Date('2027-12-31'),
    noInvalidDate: true
  });
  fc.assert(
    fc.property(schedules, dates, (fields, date) => {
      const schedule = fields.join(' ');
      const minute = Math.floor(date.getTime() / 60_000) * 60_000;
      const isDue = Crontab.parse({ schedule }).next(minute - 1) === minute;
      expect([schedule, isDue]).toEqual([schedule, firesAt(schedule, new Date(minute))]);
    }),
    { numRuns: 300 }
  );
});
