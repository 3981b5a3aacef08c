import { expect, test } from 'vitest';
import { CellContext } from '../../../src/kernel/session/cell-context';

const context = () => new CellContext({ cell: 1, count: 1, allowStdin: false });

test('an interrupted cell loses its timers and cannot start new ones', async () => {
  const cell = context();
  const fired: string[] = [];
  cell.own(setTimeout(() => fired.push('timeout'), 0));
  cell.own(setInterval(() => fired.push('interval'), 0));
  cell.own(setImmediate(() => fired.push('immediate')));
  cell.interrupt();
  cell.own(setTimeout(() => fired.push('late'), 0));
  // Timers of one length fire in the order in which they were made, so this one would be the last.
  await new Promise(resolve => setTimeout(resolve, 1));
  expect(fired).toEqual([]);
});

test('what a cell waits for is refused when it is interrupted', async () => {
  const cell = context();
  const never = cell.interruptible(new Promise(() => undefined));
  const done = cell.interruptible(Promise.resolve(1));
  expect(await done).toBe(1);
  cell.interrupt();
  await expect(never).rejects.toMatchObject({ code: 'CHATOPS_CELL_INTERRUPTED' });
  await expect(cell.interruptible(Promise.resolve(2))).rejects.toBe(cell.interrupted);
});

test('timers that are over are not kept', () => {
  const cell = context();
  const timers = Array.from({ length: 2000 }, () => {
    const timer = setTimeout(() => undefined, 1000);
    cell.own(timer);
    clearTimeout(timer);
    return timer;
  });
  const kept = (cell as unknown as { timers: Set<unknown> }).timers;
  expect(kept.size).toBeLessThan(timers.length / 2);
});
