import { expect, test } from 'vitest';
import type { RoomEntry, SaidEntry } from '../../../src/lab/chat/entry';
import { Timeline } from '../../../src/lab/chat/timeline';
import { chatMessage, skillChange } from '../../support/played-bot';

function said(seq: number, more: Partial<SaidEntry['message']> = {}): SaidEntry {
  const message = chatMessage(seq, more);
  return { kind: 'said', key: message.id, time: message.time, message, own: false };
}

function news(key: string): RoomEntry {
  return { kind: 'news', key, time: 0, change: skillChange('hello') };
}

function keys(timeline: Timeline): string[] {
  return timeline.entries.map(({ key }) => key);
}

test('messages stand by their numbers, news where they happened', () => {
  const timeline = new Timeline();
  timeline.put(said(2));
  timeline.put(news('n'));
  timeline.put(said(4));
  timeline.put(said(1));
  timeline.put(said(3));
  expect(keys(timeline)).toEqual(['m1', 'm2', 'n', 'm3', 'm4']);
  expect([timeline.oldest, timeline.newest]).toEqual([1, 4]);
});

test('a message that is there already takes the place of its older form', () => {
  const timeline = new Timeline();
  expect(timeline.put(said(1))).toBe(true);
  expect(timeline.put(said(1, { text: 'changed' }))).toBe(false);
  expect(timeline.find(1)?.message.text).toBe('changed');
  expect(timeline.find(2)).toBeUndefined();
});

test('threads are gathered in order, whichever message comes first; each list changes alone', () => {
  const timeline = new Timeline();
  timeline.put(said(7, { thread: 2 }));
  timeline.put(said(4, { thread: 2 }));
  timeline.put(said(5, { thread: 3 }));
  const before = timeline.threads.get(3);
  timeline.put(said(2));
  timeline.put(said(8, { thread: 2, event: { type: 'Reaction', data: {} }, text: '' }));
  expect(timeline.threads.get(2)?.map(({ message }) => message.seq)).toEqual([4, 7]);
  expect(timeline.threads.get(3)).toBe(before);
});
