import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Aside } from '../../../src/kernel/front/aside';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('work beside a cell that takes its time is done without its end, once and in its order', async () => {
  const { aside, done } = setUp();
  aside.add(() => done.push('first'));
  aside.add(() => done.push('second'));
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(done).toEqual(['first', 'second']);
  aside.finish();
  await vi.advanceTimersByTimeAsync(100);
  expect(done).toEqual(['first', 'second']);
});

test('work is done when it is built on, and new work waits again', async () => {
  const { aside, done } = setUp();
  aside.add(() => done.push('first'));
  aside.finish();
  expect(done).toEqual(['first']);
  aside.add(() => done.push('second'));
  expect(done).toEqual(['first']);
  await vi.advanceTimersByTimeAsync(100);
  expect(done).toEqual(['first', 'second']);
});

test('work goes behind what this turn of the event loop sends', async () => {
  const { aside, done } = setUp();
  aside.add(() => done.push('work'));
  setImmediate(() => done.push('sent'));
  aside.finishSoon();
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toEqual(['sent', 'work']);
});

function setUp() {
  const done: string[] = [];
  return { aside: new Aside(), done };
}
