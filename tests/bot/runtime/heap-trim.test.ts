import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HeapTrim } from '../../../src/bot/runtime/heap-trim';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what a start leaves behind is collected once it is quiet, and once only', () => {
  const collect = vi.fn();
  const trim = new HeapTrim(collect);
  for (let i = 0; i < 5; i++) {
    vi.advanceTimersByTime(900);
    trim.postpone();
  }
  expect(collect).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(collect).toHaveBeenCalledOnce();
  trim.postpone();
  vi.advanceTimersByTime(60_000);
  expect(collect).toHaveBeenCalledOnce();
});
