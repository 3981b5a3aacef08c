import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { FileJournal } from '../../../src/bot/journal';
import { journalContract, said } from '../../support/journal-contract';
import { temporaryFolder } from '../../support/temporary-folder';

const place = { connector: 'panel', room: 'general' };

journalContract('FileJournal', () => FileJournal.open(temporaryFolder()));
// Small enough that each test crosses from memory to files, and from one file to the next.
journalContract('FileJournal with old messages in files', () =>
  FileJournal.open(temporaryFolder(), { segmentSize: 600, recent: 3 })
);

describe('a journal that is opened again', () => {
  test('goes on where it was', async () => {
    const folder = temporaryFolder();
    const before = await FileJournal.open(folder);
    before.add(said('a'));
    before.finish(1, { outcome: 'unmatched', duration: 1 });
    await before.close();
    const after = await FileJournal.open(folder);
    expect(after.id).toBe(before.id);
    expect(after.find('panel', 'id-a')?.handled?.outcome).toBe('unmatched');
    expect(after.add(said('b')).seq).toBe(2);
    await after.close();
  });

  test('tells what was unfinished, and what a skill had begun', async () => {
    const folder = temporaryFolder();
    const before = await FileJournal.open(folder);
    before.add(said('done'));
    before.finish(1, { outcome: 'unmatched', duration: 1 });
    before.add(said('begun'));
    before.start(2, 'deploy');
    before.add(said('waiting'));
    before.add(said('an answer', { user: { id: 'bot', name: 'bot', bot: true } }));
    await before.close();
    const after = await FileJournal.open(folder);
    expect(after.takeUnfinished().map(({ message, started }) => [message.text, started])).toEqual([
      ['begun', 'deploy'],
      ['waiting', undefined]
    ]);
    expect(after.takeUnfinished()).toEqual([]);
    await after.close();
  });

  test('reads past lines that a crash or a hand has damaged', async () => {
    const folder = temporaryFolder();
    const before = await FileJournal.open(folder);
    before.add(said('a'));
    await before.close();
    const file = path.join(folder, readdirSync(folder)[0]!);
    appendFileSync(file, 'scribble\n{"said":{"seq":2,"te');
    const after = await FileJournal.open(folder);
    expect(after.damage).toMatchObject({ code: 'CHATOPS_JOURNAL_DAMAGED' });
    expect(after.damage?.message).toMatch(/^2 damaged lines/);
    after.add(said('b'));
    await after.close();
    const again = await FileJournal.open(folder);
    expect((await again.history(place, {})).messages.map(({ text }) => text)).toEqual(['a', 'b']);
    await again.close();
  });

  test('finds old messages in their files, with what became of them later', async () => {
    const folder = temporaryFolder();
    const options = { segmentSize: 2000, recent: 5 };
    const before = await FileJournal.open(folder, options);
    for (let i = 1; i <= 100; i++) {
      before.add(said(`m${i}`, { room: i === 1 ? 'old' : 'general' }));
      await before.flush();
    }
    before.finish(2, { outcome: 'failed', duration: 1 });
    await before.close();
    expect(readdirSync(folder).length).toBeGreaterThan(5);
    const after = await FileJournal.open(folder, options);
    const { messages, more } = await after.history(place, { before: 6, limit: 3 });
    expect(messages.map(({ text }) => text)).toEqual(['m3', 'm4', 'm5']);
    expect(more).toBe(true);
    const first = await after.history(place, { before: 3, limit: 3 });
    expect(first.messages).toMatchObject([{ text: 'm2', handled: { outcome: 'failed' } }]);
    expect(first.more).toBe(false);
    expect(after.lastOf({ connector: 'panel', room: 'old' })).toBe(1);
    expect((await after.history(place, {})).messages).toHaveLength(99);
    await after.close();
  });
});

test('a journal in which nothing is said leaves its file empty', async () => {
  const folder = temporaryFolder();
  await (await FileJournal.open(folder)).close();
  expect(readFileSync(path.join(folder, readdirSync(folder)[0]!), 'utf8')).toBe('');
});

test('what flush has confirmed is in the file', async () => {
  const folder = temporaryFolder();
  const journal = await FileJournal.open(folder);
  journal.add(said('safe'));
  await journal.flush();
  expect(readFileSync(path.join(folder, readdirSync(folder)[0]!), 'utf8')).toContain(
    '"text":"safe"'
  );
  await journal.close();
});

test('what comes while a batch is being written is in the file with the next one, in order', async () => {
  const folder = temporaryFolder();
  const journal = await FileJournal.open(folder);
  const text = (): string => readFileSync(path.join(folder, readdirSync(folder)[0]!), 'utf8');
  const flushed: Promise<void>[] = [];
  for (let i = 1; i <= 20; i++) {
    journal.add(said(`${i}`));
    flushed.push(journal.flush().then(() => expect(text()).toContain(`"text":"${i}"`)));
    // Some of these turns end while the records of earlier ones are still being written.
    await new Promise(resolve => setImmediate(resolve));
  }
  await Promise.all(flushed);
  const order = [...text().matchAll(/"text":"(\d+)"/g)].map(([, number]) => Number(number));
  expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  await journal.close();
});
