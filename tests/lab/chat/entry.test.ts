import { describe, expect, test } from 'vitest';
import { startsDay, startsGroup, type Entry } from '../../../src/lab/chat/entry';
import { chatMessage, skillChange } from '../../support/played-bot';

const noon = new Date(2026, 0, 2, 12).getTime();

function said(time: number, more: Parameters<typeof chatMessage>[1] = {}, own = false): Entry {
  return { kind: 'said', key: String(time), time, own, message: chatMessage(1, { time, ...more }) };
}

function unsent(time: number): Entry {
  const message = { id: 'p', room: 'general', text: 'x', time, state: 'pending' } as const;
  return { kind: 'unsent', key: 'p', time, message };
}

describe('a group', () => {
  test('holds what one person says within five minutes', () => {
    expect(startsGroup(said(noon), undefined)).toBe(true);
    expect(startsGroup(said(noon + 299_000), said(noon))).toBe(false);
    expect(startsGroup(said(noon + 301_000), said(noon))).toBe(true);
  });

  test('ends where someone else speaks, or something happens', () => {
    const other = said(noon + 1, { user: { id: 'bob', name: 'Bob' } });
    expect(startsGroup(other, said(noon))).toBe(true);
    const news: Entry = { kind: 'news', key: 'n', time: noon + 1, change: skillChange('hello') };
    expect(startsGroup(said(noon + 2), news)).toBe(true);
  });

  test('is the same before and after delivery', () => {
    expect(startsGroup(unsent(noon + 1), said(noon, {}, true))).toBe(false);
    expect(startsGroup(said(noon + 1, {}, true), unsent(noon))).toBe(false);
  });

  test('of what the bot says about itself is one of its own', () => {
    expect(startsGroup(said(noon + 1, { notice: 'error' }), said(noon))).toBe(true);
  });
});

test('a day begins at midnight where the reader is', () => {
  const midnight = new Date(2026, 0, 3).getTime();
  expect(startsDay(said(midnight), said(midnight - 1))).toBe(true);
  expect(startsDay(said(midnight + 1), said(midnight))).toBe(false);
  expect(startsGroup(said(midnight), said(midnight - 1))).toBe(true);
});
