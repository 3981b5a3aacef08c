import { expect, test } from 'vitest';
import { InputHistory } from '../../../src/lab/chat/input-history';

const texts = ['first', 'second', 'third'];

test('goes back through what was said, and forth to what was being written', () => {
  const history = new InputHistory();
  expect(history.newer()).toBeUndefined();
  expect(history.older(texts, 'dra')).toBe('third');
  expect(history.older(texts, 'third')).toBe('second');
  expect(history.newer()).toBe('third');
  expect(history.newer()).toBe('dra');
  expect(history.newer()).toBeUndefined();
});

test('ends at the oldest', () => {
  const history = new InputHistory();
  texts.forEach(() => history.older(texts, ''));
  expect(history.older(texts, 'first')).toBeUndefined();
  expect(history.newer()).toBe('second');
});

test('begins anew when a recalled text is changed, which is the draft then', () => {
  const history = new InputHistory();
  history.older(texts, '');
  history.older(texts, 'third');
  history.leave();
  expect(history.older(texts, 'second, but better')).toBe('third');
  expect(history.newer()).toBe('second, but better');
});
