import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FileWatcher } from '../../../src/bot/skills/file-watcher';
import { temporaryFolder } from '../../support/temporary-folder';

/** A watcher, and whether it has told of a file since that was asked last. */
function watcherOf(...files: string[]) {
  const told: string[] = [];
  const watcher = new FileWatcher(changed => told.push(...changed));
  onTestFinished(() => watcher.close());
  watcher.setFiles(files);
  const tells = async (file: string): Promise<void> => {
    await vi.waitFor(() => expect(told).toContain(file), { timeout: 5000 });
    told.length = 0;
  };
  return { watcher, tells };
}

test('tells of a file that is edited in place, and of one that an editor replaces', async () => {
  const file = path.join(temporaryFolder(), 'index.ts');
  writeFileSync(file, '1');
  const { tells } = watcherOf(file);
  await tells(file);
  writeFileSync(file, '2');
  await tells(file);
  writeFileSync(`${file}.new`, '3');
  renameSync(`${file}.new`, file);
  await tells(file);
  writeFileSync(file, '4');
  await tells(file);
});

test('tells of a file from the moment it appears in a folder that was not there', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'skills', 'hello', 'index.ts');
  const { watcher, tells } = watcherOf(file);
  mkdirSync(path.dirname(file), { recursive: true });
  await tells(path.join(folder, 'skills'));
  writeFileSync(file, '1');
  watcher.setFiles([file]);
  await tells(file);
  writeFileSync(file, '2');
  await tells(file);
});
