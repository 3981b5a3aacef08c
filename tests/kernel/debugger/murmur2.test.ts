import { expect, test } from 'vitest';
import { murmur2 } from '../../../src/kernel/debugger/murmur2';

// What ipykernel's `murmur2_x86` gives.
test.each([
  ['', 0, 0],
  ['a', 0, 2456313694],
  ['ab', 0, 446775395],
  ['abc', 0, 324500635],
  ['abc', 0xc70f6907, 3350977461],
  ['const ä = 1;', 0xc70f6907, 991221971]
])('the hash of %j with seed %i', (text, seed, hash) => {
  expect(murmur2(text, seed)).toBe(hash);
});

test('longer texts and characters outside of ASCII differ by what is in them', () => {
  const texts = ['const a = 1;', 'const a = 2;', 'const ä = 1;', 'const 🎈 = 1;\n'];
  const hashes = texts.map(text => murmur2(text, 0xc70f6907));
  expect(new Set(hashes).size).toBe(texts.length);
  hashes.forEach(hash => expect(hash).toBe(hash >>> 0));
});
