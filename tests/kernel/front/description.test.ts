import { expect, test } from 'vitest';
import { descriptionBundle } from '../../../src/kernel/front/description';
import type { LiveDescription } from '../../../src/kernel/thread';

const live = (parts: Partial<LiveDescription>): LiveDescription => ({
  ofKernel: undefined,
  title: 'Array',
  body: '[ 1 ]',
  ...parts
});
const typed = { 'text/plain': 'const a: number[]', 'text/markdown': '`const a: number[]`' };

test('the type, and the value it has now', () => {
  expect(descriptionBundle(live({}), typed)).toEqual({
    'text/plain': 'const a: number[]\n\n[ 1 ]',
    'text/markdown': '`const a: number[]`\n\n```typescript\n[ 1 ]\n```'
  });
  expect(descriptionBundle(live({ body: '' }), typed)).toBe(typed);
});

test('each alone', () => {
  expect(descriptionBundle(undefined, typed)).toBe(typed);
  expect(descriptionBundle(live({}), undefined)?.['text/plain']).toBe('Array\n\n[ 1 ]');
  expect(descriptionBundle(undefined, undefined)).toBeUndefined();
});

test('what the kernel brings is told in its own words', () => {
  const guide = descriptionBundle(live({ ofKernel: 'chat' }), typed)?.['text/markdown'];
  expect(guide).toContain('shows the conversation');
  expect(descriptionBundle(live({ ofKernel: 'bot.start', body: '' }), typed)).toBe(typed);
  expect(descriptionBundle(live({ ofKernel: 'bot.start' }), undefined)?.['text/plain']).toContain(
    "workspace's bot"
  );
});
