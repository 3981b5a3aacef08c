import { describe, expect, test } from 'vitest';
import {
  carryOver,
  MOST_FOLLOWED,
  MOST_SHOWN,
  newest,
  towardsNewer,
  towardsOlder
} from '../../../src/lab/chat/message-window';

/** Entries whose keys are their numbers. */
function entries(from: number, to: number): { key: string }[] {
  return Array.from({ length: to - from }, (_, index) => ({ key: String(from + index) }));
}

describe('a window over a long conversation', () => {
  test('begins with the newest entries', () => {
    expect(newest(1000)).toEqual({ start: 976, end: 1000 });
    expect(newest(3)).toEqual({ start: 0, end: 3 });
  });

  test('grows upwards, and lets go of what is far below', () => {
    let window = newest(1000);
    for (let i = 0; i < 40; i++) {
      window = towardsOlder(window);
      expect(window.end - window.start).toBeLessThanOrEqual(MOST_SHOWN);
    }
    expect(window).toEqual({ start: 0, end: MOST_SHOWN });
  });

  test('comes back downwards, and lets go of what is far above', () => {
    let window = { start: 0, end: MOST_SHOWN };
    for (let i = 0; i < 40; i++) {
      window = towardsNewer(window, 1000);
      expect(window.end - window.start).toBeLessThanOrEqual(MOST_SHOWN);
    }
    expect(window).toEqual({ start: 1000 - MOST_SHOWN, end: 1000 });
  });
});

describe('when the entries change', () => {
  test('new ones come into sight for who reads the newest', () => {
    expect(carryOver({ start: 0, end: 10 }, '0', entries(0, 11), true)).toEqual({
      start: 0,
      end: 11
    });
    const full = { start: 0, end: MOST_FOLLOWED };
    const more = entries(0, MOST_FOLLOWED + 1);
    expect(carryOver(full, '0', more, true)).toEqual(newest(more.length));
  });

  test('who reads old ones goes on reading the same ones', () => {
    expect(carryOver({ start: 5, end: 10 }, '5', entries(0, 20), false)).toEqual({
      start: 5,
      end: 10
    });
    expect(carryOver({ start: 0, end: 10 }, '50', entries(0, 60), false)).toEqual({
      start: 50,
      end: 60
    });
  });

  test('what was there and is gone leaves the newest', () => {
    expect(carryOver({ start: 0, end: 10 }, '0', entries(100, 103), false)).toEqual(newest(3));
    expect(carryOver({ start: 0, end: 0 }, undefined, entries(0, 3), false)).toEqual(newest(3));
  });
});
