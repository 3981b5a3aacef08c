import { describe, expect, onTestFinished, test } from 'vitest';
import type { Journal } from '../../src/engine';
import type { ChatMessage } from '../../src/protocol';

/** A message without its number. */
export function said(text: string, more: Partial<ChatMessage> = {}): Omit<ChatMessage, 'seq'> {
  return {
    id: `id-${text}`,
    connector: 'panel',
    room: 'general',
    user: { id: 'u', name: 'ann' },
    text,
    time: 0,
    ...more
  };
}

const place = { connector: 'panel', room: 'general' };

/**
 * What every journal must do.
 *
 * @param create - a new journal that keeps few messages in memory, if it makes that difference.
 */
export function journalContract(name: string, create: () => Promise<Journal>): void {
  const open = async (): Promise<Journal> => {
    const journal = await create();
    onTestFinished(() => journal.close());
    return journal;
  };
  describe(`${name} as a journal`, () => {
    test('numbers what is said, over all rooms', async () => {
      const journal = await open();
      expect(journal.last).toBe(0);
      journal.add(said('a'));
      journal.add(said('b', { room: 'ops' }));
      expect(journal.add(said('c')).seq).toBe(3);
      expect(journal.last).toBe(3);
      expect(journal.lastOf(place)).toBe(3);
      expect(journal.lastOf({ ...place, room: 'ops' })).toBe(2);
      expect(journal.lastOf({ ...place, room: 'empty' })).toBe(0);
      expect(journal.roomsOf('panel')).toEqual([
        { room: 'general', last: 3 },
        { room: 'ops', last: 2 }
      ]);
      expect(journal.roomsOf('pan')).toEqual([]);
    });

    test('knows a message again by the id its sender gave it', async () => {
      const journal = await open();
      const first = journal.add(said('a'));
      expect(journal.find('panel', 'id-a')).toEqual(first);
      expect(journal.find('slack', 'id-a')).toBeUndefined();
      expect(journal.get(first.seq)).toEqual(first);
    });

    test('gives the history of one room in pages, newest first to be had, oldest first in order', async () => {
      const journal = await open();
      for (let i = 1; i <= 30; i++) {
        journal.add(said(`m${i}`, { room: i % 3 === 0 ? 'ops' : 'general' }));
      }
      await journal.flush();
      const texts = async (
        query: Parameters<Journal['history']>[1]
      ): Promise<[string[], boolean]> => {
        const { messages, more } = await journal.history(place, query);
        return [messages.map(({ text }) => text), more];
      };
      expect(await texts({ limit: 3 })).toEqual([['m26', 'm28', 'm29'], true]);
      expect(await texts({ limit: 3, before: 26 })).toEqual([['m22', 'm23', 'm25'], true]);
      expect(await texts({ limit: 5, before: 6 })).toEqual([['m1', 'm2', 'm4', 'm5'], false]);
      expect(await texts({ after: 25 })).toEqual([['m26', 'm28', 'm29'], false]);
      expect(await texts({ after: 2, before: 8 })).toEqual([['m4', 'm5', 'm7'], false]);
      expect(await texts({ after: 30 })).toEqual([[], false]);
      expect((await texts({}))[0]).toHaveLength(20);
    });

    test('keeps rooms of the same name on different connectors apart', async () => {
      const journal = await open();
      journal.add(said('panel'));
      journal.add(said('slack', { connector: 'slack' }));
      const { messages } = await journal.history({ ...place, connector: 'slack' }, {});
      expect(messages.map(({ text }) => text)).toEqual(['slack']);
    });

    test('remembers what became of a message', async () => {
      const journal = await open();
      const { seq } = journal.add(said('a'));
      const handled = { outcome: 'answered', skill: 'hello', duration: 2 } as const;
      journal.start(seq, 'hello');
      journal.finish(seq, handled);
      await journal.flush();
      expect(journal.get(seq)?.handled).toEqual(handled);
      expect((await journal.history(place, {})).messages[0]?.handled).toEqual(handled);
    });

    test('has nothing unfinished of its own process', async () => {
      const journal = await open();
      journal.add(said('a'));
      expect(journal.takeUnfinished()).toEqual([]);
    });
  });
}
