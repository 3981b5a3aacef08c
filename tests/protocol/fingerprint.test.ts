import { expect, test } from 'vitest';
import { fingerprint } from '../../src/protocol';

test('a source is told from another one', () => {
  expect(fingerprint('const a = 1;')).not.toBe(fingerprint('const a = 2;'));
  expect(fingerprint('ab')).not.toBe(fingerprint('ba'));
});

test('a blank end makes no difference, a blank beginning does', () => {
  expect(fingerprint('const a = 1;\n\n')).toBe(fingerprint('const a = 1;'));
  expect(fingerprint('\nconst a = 1;')).not.toBe(fingerprint('const a = 1;'));
});

test('the checksum is that of FNV-1a', () => {
  // From the tables of http://www.isthe.com/chongo/tech/comp/fnv/.
  expect(fingerprint('')).toBe('811c9dc5-0');
  expect(fingerprint('a')).toBe('e40c292c-1');
  expect(fingerprint('foobar')).toBe('bf9cf968-6');
});
