import { describe, expect, test } from 'vitest';
import type { RoomEntry, SaidEntry } from '../../../src/lab/chat/entry';
import { Timeline } from '../../../src/lab/chat/timeline';
import { VisibleEntries } from '../../../src/lab/chat/visible-entries';
import { chatMessage, skillChange } from '../../support/played-bot';

function said(seq: number, more: Partial<SaidEntry['message']> = {}): SaidEntry {
  const message = chatMessage(seq, more);
  return { kind: 'said', key: message.id, time: message.time, message, own: false };
}

function keys(entries: readonly RoomEntry[]): string[] {
  return entries.map(({ key }) => key);
}

const reaction = { type: 'Reaction', data: {} } as const;

/** What may happen in a room, one thing after the other. */
const steps: [what: string, entry: RoomEntry][] = [
  ['a message', said(1)],
  ['the next one', said(2)],
  ['news', { kind: 'news', key: 'news', time: 0, change: skillChange('hello') }],
  ['a message that changes', said(2, { text: 'changed' })],
  ['a reply in a thread', said(3, { thread: 1 })],
  ['more of that reply', said(3, { thread: 1, text: 'more' })],
  ['what happens to another message', said(4, { event: reaction, text: '' })],
  ['a reply to what is not here', said(8, { thread: 6 })],
  ['what it replied to', said(6)],
  ['an older message', said(5)],
  ['a message of which nothing is left', said(5, { event: reaction, text: '' })],
  ['the newest', said(9)]
];

describe.each([0, 1, 2])('with everything up to message %i cleared away', cleared => {
  test.each(steps.map(([what], index) => [what, index + 1] as const))(
    'after %s, what stands there is the same as if it had been looked at for the first time',
    (_, count) => {
      const timeline = new Timeline();
      const visible = new VisibleEntries(timeline);
      for (const [, entry] of steps.slice(0, count)) {
        visible.after(cleared);
        visible.put(entry);
      }
      expect(visible.after(cleared)).toEqual(new VisibleEntries(timeline).after(cleared));
    }
  );
});

test('a reply in its thread, and what happens to other messages, are no lines of their own', () => {
  const visible = new VisibleEntries(new Timeline());
  steps.forEach(([, entry]) => visible.put(entry));
  expect(keys(visible.after(0))).toEqual(['m1', 'm2', 'news', 'm6', 'm9']);
});

test('what changes nothing about them leaves the very same array', () => {
  const visible = new VisibleEntries(new Timeline());
  visible.put(said(1));
  const before = visible.after(0);
  visible.put(said(2, { thread: 1 }));
  expect(visible.after(0)).toBe(before);
  visible.put(said(3));
  expect(visible.after(0)).not.toBe(before);
  expect(keys(before)).toEqual(['m1']);
});
