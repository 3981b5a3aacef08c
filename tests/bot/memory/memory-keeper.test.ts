import { expect, onTestFinished, test } from 'vitest';
import { MemoryKeeper } from '../../../src/bot/memory';
import type { MemoryStore } from '../../../src/engine';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder';

/** A keeper of a new workspace, with the memories it has put into force. */
function keeper(): { keeper: MemoryKeeper; stores: MemoryStore[]; workspace: string } {
  const workspace = temporaryFolder();
  const stores: MemoryStore[] = [];
  const keeper = new MemoryKeeper({ workspace }, store => stores.push(store));
  onTestFinished(() => keeper.close());
  return { keeper, stores, workspace };
}

const section = (name: string): { name: string; enabled: boolean } => ({ name, enabled: true });

test('a memory stays open as long as its section stays the same', async () => {
  const { keeper: kept, stores } = keeper();
  await kept.configure([section('file')]);
  await kept.configure([section('file')]);
  expect(stores).toHaveLength(1);
  await stores[0]!.put('global', 'a', '1');
  await kept.configure([{ ...section('file'), sync: false } as never]);
  expect(stores).toHaveLength(2);
  expect((await stores[1]!.get('global', 'a'))?.value).toBe('1');
});

test('a memory that could not be opened is tried again', async () => {
  const { keeper: kept, stores, workspace } = keeper();
  await kept.configure([section('redis')]);
  expect(kept.problems).toMatchObject([{ code: 'CHATOPS_PACKAGE_MISSING' }]);
  writeFiles(workspace, {
    'node_modules/redis/package.json': '{"name":"redis","main":"index.js"}',
    'node_modules/redis/index.js':
      'exports.createClient = () => ({ on() {}, isReady: true, hmGet: async () => [null] });'
  });
  await kept.configure([section('redis')]);
  expect(kept.problems).toEqual([]);
  await expect(stores.at(-1)!.get('global', 'a')).resolves.toBeUndefined();
});
