import path from 'node:path';
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fingerprint, Stamp } from '../../../scripts/setup/fingerprint.mjs';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder';

describe('fingerprint', () => {
  const files = { 'src/a.ts': 'a', 'src/deep/b.ts': 'b', 'package.json': '{}' };
  const names = ['src', 'package.json', 'style'];

  it('is the same for the same files in another folder', () => {
    expect(fingerprint(temporaryFolder(files), names)).toBe(
      fingerprint(temporaryFolder(files), names)
    );
  });

  it.each([
    ['a changed file', { 'src/deep/b.ts': 'c' }],
    ['a new file', { 'src/c.ts': '' }],
    ['a new folder', { 'style/base.css': '' }]
  ])('notices %s', (_, change) => {
    const folder = temporaryFolder(files);
    const before = fingerprint(folder, names);
    writeFiles(folder, change);
    expect(fingerprint(folder, names)).not.toBe(before);
  });

  it('notices a file that is gone', () => {
    const folder = temporaryFolder(files);
    const before = fingerprint(folder, names);
    rmSync(path.join(folder, 'src/a.ts'));
    expect(fingerprint(folder, names)).not.toBe(before);
  });

  it('notices text that moves from one file to the next', () => {
    const before = fingerprint(temporaryFolder({ 'src/a': 'xy', 'src/b': '' }), ['src']);
    expect(fingerprint(temporaryFolder({ 'src/a': 'x', 'src/b': 'y' }), ['src'])).not.toBe(before);
  });

  it('does not mind files it was not asked about, nor by-products', () => {
    const folder = temporaryFolder(files);
    const before = fingerprint(folder, names);
    writeFiles(folder, { 'notes.txt': '', 'src/__pycache__/x.pyc': '' });
    expect(fingerprint(folder, names)).toBe(before);
  });
});

describe('Stamp', () => {
  const makeStamp = () => new Stamp(path.join(temporaryFolder(), 'deep', 'stamp'));

  it('matches what something was made from, and nothing before that', async () => {
    const stamp = makeStamp();
    expect(stamp.matches('')).toBe(false);
    await stamp.around('one', async () => undefined);
    expect(stamp.matches('one')).toBe(true);
    expect(stamp.matches('two')).toBe(false);
  });

  it('forgets when the making is broken off', async () => {
    const stamp = makeStamp();
    await stamp.around('one', async () => undefined);
    await expect(stamp.around('two', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(stamp.matches('one')).toBe(false);
    expect(stamp.matches('two')).toBe(false);
  });
});
