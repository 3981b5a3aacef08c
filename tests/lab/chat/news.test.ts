import { expect, test } from 'vitest';
import { worthTelling } from '../../../src/lab/chat/news';
import { skillChange } from '../../support/played-bot';

const changes = [
  skillChange('same', { kind: 'unchanged' }),
  skillChange('new', { kind: 'added' }),
  skillChange('broken', { kind: 'failed' }),
  skillChange('gone', { kind: 'removed' })
];
const told = (...parameters: Parameters<typeof worthTelling>): string[] =>
  worthTelling(...parameters).map(({ skill }) => skill);

test('tells of what changed, and leaves what would not load to the bot, which says it', () => {
  expect(told('cell', changes, false)).toEqual(['new', 'gone']);
  expect(told('file', changes, true)).toEqual(['new', 'gone']);
});

test('tells what a command brought about, and not what the bot answers to `reload`', () => {
  expect(told('request', changes, false)).toEqual(['new', 'broken', 'gone']);
  expect(told('request', changes, true)).toEqual([]);
});

test('says nothing of the first load', () => {
  expect(told('start', changes, false)).toEqual([]);
});
