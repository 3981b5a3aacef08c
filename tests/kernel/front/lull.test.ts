import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lull } from '../../../src/kernel/front/lull';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a lull comes when nothing has stirred for a while, and lasts until something does', async () => {
  const lull = new Lull();
  let came = 0;
  const count = (): unknown => came++;
  lull.stir();
  void lull.next().then(count);
  for (let i = 0; i < 5; i++) {
    await vi.advanceTimersByTimeAsync(150);
    lull.stir();
  }
  expect(came).toBe(0);
  await vi.advanceTimersByTimeAsync(1000);
  expect(came).toBe(1);
  void lull.next().then(count);
  await vi.advanceTimersByTimeAsync(0);
  expect(came).toBe(2);
  lull.stir();
  void lull.next().then(count);
  await vi.advanceTimersByTimeAsync(0);
  expect(came).toBe(2);
});
