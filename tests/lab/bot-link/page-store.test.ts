import { expect, test } from 'vitest';
import { PageStore } from '../../../src/lab/bot-link/page-store';
import type { PendingMessage } from '../../../src/protocol';
import { MemoryStorage } from '../../support/memory-storage';

function message(id: string, time: number, state: PendingMessage['state'] = 'pending') {
  return { id, room: 'general', text: id, time, state };
}

test('keeps messages in the order in which they were said, whatever window said them', () => {
  const storage = new MemoryStorage();
  const [one, other] = [new PageStore(storage, 's'), new PageStore(storage, 's')];
  one.keep(message('c', 3));
  other.keep(message('a', 1));
  one.keep(message('b', 2, 'failed'));
  expect(other.pending().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

test.each(['delivered', 'discarded'] as const)('lets go of what was %s', state => {
  const store = new PageStore(new MemoryStorage(), 's');
  store.keep(message('a', 1));
  store.keep(message('a', 1, state));
  expect(store.pending()).toEqual([]);
});

test('reads past what it cannot use', () => {
  const storage = new MemoryStorage();
  const store = new PageStore(storage, 's');
  store.keep(message('a', 1));
  const key = storage.key(0)!;
  storage.setItem(key.replace(/a$/, 'b'), '{"id": "b", "state": "delivered"}');
  storage.setItem(key.replace(/a$/, 'c'), 'not JSON');
  storage.setItem(key.replace(/a$/, 'd'), 'null');
  expect(store.pending()).toEqual([message('a', 1)]);
});

test('remembers how far a room was read, in the journal that it was', () => {
  const store = new PageStore(new MemoryStorage(), 's');
  store.remember('general', { journal: 'j1', read: 7, cleared: 3 });
  expect(store.memory('general', 'j1')).toEqual({ journal: 'j1', read: 7, cleared: 3 });
  expect(store.memory('general', 'j2')).toBeUndefined();
  expect(store.memory('ops', 'j1')).toBeUndefined();
});

test('does without a storage, with a full one, and with one that is forbidden', () => {
  const full = new MemoryStorage();
  full.setItem = () => {
    throw new Error('QuotaExceededError');
  };
  for (const storage of [undefined, full]) {
    const store = new PageStore(storage, 's');
    store.keep(message('a', 1));
    store.keepDraft('general', 'x');
    expect(store.pending()).toEqual([]);
    expect(store.draft('general')).toBe('');
  }
});
