import { expect, test } from 'vitest';
import { ProcessMemory } from '../../src/engine';
import { skillMemory, TurnedClock } from '../support/memory-contract';

function memory(): ReturnType<typeof skillMemory> & { clock: TurnedClock } {
  const clock = new TurnedClock();
  return Object.assign(skillMemory(new ProcessMemory(clock), clock), { clock });
}

test.each([
  ['is longer than any index takes', 'x'.repeat(501), 1, {}],
  ['has half of a character', '\ud800', 1, {}],
  ['comes with no time at all', 'key', 1, { ttl: 0 }],
  ['comes with a time that is no number', 'key', 1, { ttl: NaN }],
  ['is for a function', 'key', () => 1, {}],
  ['is for a value of many millions of characters', 'key', 'x'.repeat(5_000_001), {}]
])('a key that %s is refused', async (_, key, value, options) => {
  await expect(memory().put(key, value, options)).rejects.toMatchObject({
    code: 'CHATOPS_MEMORY_VALUE'
  });
});

test('a value is forgotten after its seconds, and never after for ever', async () => {
  const remembered = memory();
  await remembered.put('soon', 1, { ttl: 0.5 });
  await remembered.put('ever', 1, { ttl: Infinity });
  remembered.clock.advance(499);
  expect(await remembered.keys()).toEqual(['ever', 'soon']);
  remembered.clock.advance(2);
  expect(await remembered.keys()).toEqual(['ever']);
});

test('an update whose value never stays the same is given up', async () => {
  const remembered = memory();
  await remembered.put('key', 0);
  const update = remembered.update('key', async (value = 0) => {
    await remembered.put('key', value + 1);
    return value;
  });
  await expect(update).rejects.toMatchObject({ code: 'CHATOPS_MEMORY_CONTENTION' });
});

test('what was got is one’s own', async () => {
  const remembered = memory();
  await remembered.put('list', [1]);
  const list = (await remembered.get('list')) as number[];
  list.push(2);
  expect(await remembered.get('list')).toEqual([1]);
});
