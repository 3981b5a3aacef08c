import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
  type PathLike
} from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FileWatcher, type WatchOptions } from '../../../src/bot/skills/file-watcher';
import { temporaryFolder } from '../../support/temporary-folder';

/** A watcher, and what it has told. */
function watcherOf(files: string[], options: WatchOptions = {}) {
  const told: string[][] = [];
  const watcher = new FileWatcher(changed => told.push([...changed]), options);
  onTestFinished(() => watcher.close());
  watcher.setFiles(files);
  /** Resolves when a file was told since this was asked last. */
  const tells = async (file: string): Promise<void> => {
    await vi.waitFor(() => expect(told.flat()).toContain(file), { timeout: 15_000 });
    told.length = 0;
  };
  return { watcher, told, tells };
}

function write(file: PathLike, text: string): void {
  writeFileSync(file, text);
}

// With and without what the system tells: containers and network drives tell nothing.
const ways = [
  ['as the system tells', {}],
  ['by looking', { poll: 40 }]
] as const;

test.each(ways)(
  'tells of a file that is edited in place, and of one that an editor replaces, %s',
  async (_, options) => {
    const file = path.join(temporaryFolder(), 'index.ts');
    write(file, '1');
    const { tells } = watcherOf([file], options);
    await tells(file);
    write(file, '2');
    await tells(file);
    write(`${file}.new`, '3');
    renameSync(`${file}.new`, file);
    await tells(file);
    write(file, '4');
    await tells(file);
    // As Vim does: the old one is put aside, the new one written under its name.
    renameSync(file, `${file}~`);
    write(file, '5');
    await tells(file);
    write(file, '6');
    await tells(file);
  }
);

test.each(ways)(
  'tells of a file from the moment it appears in a folder that was not there, %s',
  async (_, options) => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'skills', 'hello', 'index.ts');
    const { tells } = watcherOf([file], options);
    await tells(file);
    mkdirSync(path.dirname(file), { recursive: true });
    write(file, '1');
    await tells(file);
    write(file, '2');
    await tells(file);
  }
);

test('says whether a file was told for the first time, when it may be as it was', async () => {
  const file = path.join(temporaryFolder(), 'index.ts');
  write(file, '1');
  const first: boolean[] = [];
  const watcher = new FileWatcher((_, isFirst) => first.push(isFirst));
  onTestFinished(() => watcher.close());
  watcher.setFiles([file]);
  await vi.waitFor(() => expect(first).toEqual([true]), { timeout: 15_000 });
  write(file, '22');
  await vi.waitFor(() => expect(first).toEqual([true, false]), { timeout: 15_000 });
});

test('tells of a file that is deleted, and when it is back', async () => {
  const file = path.join(temporaryFolder(), 'index.ts');
  write(file, '1');
  const { tells } = watcherOf([file]);
  await tells(file);
  rmSync(file);
  await tells(file);
  write(file, '1');
  await tells(file);
});

test('goes on when the folder itself is replaced', async () => {
  const folder = path.join(temporaryFolder(), 'skills');
  const file = path.join(folder, 'index.ts');
  mkdirSync(folder);
  write(file, '1');
  const { tells } = watcherOf([file]);
  await tells(file);
  renameSync(folder, `${folder}.old`);
  mkdirSync(folder);
  write(file, '2');
  await tells(file);
  write(file, '3');
  await tells(file);
});

test('a burst of changes is told once, in all its files, with nothing after it', async () => {
  const folder = temporaryFolder();
  const files = Array.from({ length: 20 }, (_, i) => path.join(folder, `${i}.ts`));
  files.forEach(file => write(file, '1'));
  const { told, tells } = watcherOf(files);
  await tells(files[19]!);
  files.forEach(file => write(file, '2'));
  files.forEach(file => appendFileSync(file, '3'));
  await vi.waitFor(() => expect(told.flat()).toHaveLength(20), { timeout: 15_000 });
  expect(told).toHaveLength(1);
});

test('the last save is told although it looks like the one before', async () => {
  const file = path.join(temporaryFolder(), 'index.ts');
  const second = Math.floor(Date.now() / 1000);
  const save = (text: string): void => {
    write(file, text);
    // As on a file system that keeps whole seconds.
    utimesSync(file, second, second);
  };
  save('1');
  const { tells } = watcherOf([file]);
  await tells(file);
  save('2');
  await tells(file);
});

test('what is no longer watched is told no more', async () => {
  const folder = temporaryFolder();
  const [one, two] = [path.join(folder, '1.ts'), path.join(folder, '2.ts')];
  write(one, '1');
  write(two, '1');
  const { watcher, told, tells } = watcherOf([one, two]);
  await tells(two);
  watcher.setFiles([two]);
  write(one, '2');
  write(two, '2');
  await vi.waitFor(() => expect(told.flat()).toContain(two), { timeout: 15_000 });
  expect(told.flat()).not.toContain(one);
});
