import { expect, test } from 'vitest';
import { MemoryJournal } from '../../src/engine';
import { journalContract, said } from '../support/journal-contract';

journalContract('MemoryJournal', () => Promise.resolve(new MemoryJournal()));

test('a journal with a limit forgets the oldest, but not that they were there', async () => {
  const journal = new MemoryJournal(10);
  journal.add(said('first', { room: 'old' }));
  for (let i = 0; i < 30; i++) {
    journal.add(said(`m${i}`));
  }
  const place = { connector: 'panel', room: 'general' };
  const { messages } = await journal.history(place, {});
  expect(messages.length).toBeGreaterThanOrEqual(10);
  expect(messages.length).toBeLessThanOrEqual(20);
  expect(messages.at(-1)?.text).toBe('m29');
  expect(journal.first).toBe(messages[0]!.seq);
  expect(journal.find('panel', 'id-first')).toBeUndefined();
  expect(journal.lastOf({ connector: 'panel', room: 'old' })).toBe(1);
});
