import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RoomQueues } from '../../src/engine';
import { settle } from '../support/hand-clock';

test('rooms do not wait for each other, and each keeps its order, however tasks end', async () => {
  const steps = fc.array(fc.record({ room: fc.constantFrom('a', 'b', 'c'), ends: fc.boolean() }), {
    maxLength: 200
  });
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.nat()), async (list, choices) => {
      const queues = new RoomQueues();
      const ran: Record<string, number[]> = { a: [], b: [], c: [] };
      const open: (() => void)[] = [];
      list.forEach(({ room, ends }, i) => {
        queues.push(room, () => {
          ran[room]!.push(i);
          return ends ? Promise.resolve() : new Promise(resolve => open.push(resolve));
        });
      });
      const idle = queues.whenIdle();
      for (await settle(); open.length > 0; await settle()) {
        // Any of the tasks that wait may be the next to end.
        open.splice(choices.next().value! % open.length, 1)[0]!();
      }
      await idle;
      for (const room of ['a', 'b', 'c']) {
        const expected = list.flatMap((step, i) => (step.room === room ? [i] : []));
        expect(ran[room]).toEqual(expected);
        expect(queues.size(room)).toBe(0);
      }
    }),
    { numRuns: 50 }
  );
});

test('a line that is full takes no more, and says how many wait', async () => {
  const queues = new RoomQueues(2);
  let end!: () => void;
  queues.push('ops', () => new Promise(resolve => (end = resolve)));
  queues.checkRoom('ops');
  queues.push('ops', () => Promise.resolve());
  expect(() => queues.checkRoom('ops')).toThrow('The room `ops` has 2 messages waiting');
  expect(() => queues.checkRoom('other')).not.toThrow();
  end();
  await queues.whenIdle();
  expect(() => queues.checkRoom('ops')).not.toThrow();
});

test('who waits for a person lets the others go ahead, in their order, and is waited for at the end', async () => {
  const steps = fc.array(fc.record({ room: fc.constantFrom('a', 'b'), waits: fc.boolean() }), {
    maxLength: 60
  });
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.nat()), async (list, choices) => {
      const queues = new RoomQueues();
      const begun: Record<string, number[]> = { a: [], b: [] };
      const open: (() => void)[] = [];
      let isIdle = false;
      list.forEach(({ room, waits }, i) => {
        queues.push(room, async release => {
          begun[room]!.push(i);
          if (waits) {
            release();
            await new Promise<void>(resolve => open.push(resolve));
          }
        });
      });
      void queues.whenIdle().then(() => (isIdle = true));
      await settle();
      for (const room of ['a', 'b']) {
        expect(begun[room]).toEqual(list.flatMap((step, i) => (step.room === room ? [i] : [])));
      }
      while (open.length > 0) {
        expect(isIdle).toBe(false);
        open.splice(choices.next().value! % open.length, 1)[0]!();
        await settle();
      }
      expect(isIdle).toBe(true);
    }),
    { numRuns: 50 }
  );
});
