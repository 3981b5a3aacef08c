import { expect, onTestFinished, test } from 'vitest';
import { Configuration } from '../../../src/bot/config';
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

function configuration(text: string): Configuration {
  return Configuration.parse(text, 'configuration.yaml', {});
}

test('a memory stays open as long as its section stays the same', async () => {
  const { keeper: kept, stores } = keeper();
  await kept.configure(configuration('databases: [file]'));
  await kept.configure(configuration('bot-name: other\ndatabases:\n  file:\n'));
  expect(stores).toHaveLength(1);
  await stores[0]!.put('global', 'a', '1');
  await kept.configure(configuration('databases:\n  file:\n    sync: false\n'));
  expect(stores).toHaveLength(2);
  expect((await stores[1]!.get('global', 'a'))?.value).toBe('1');
});

test('a memory that could not be opened is tried again', async () => {
  const { keeper: kept, stores, workspace } = keeper();
  await kept.configure(configuration('databases:\n  redis:\n'));
  expect(kept.problems).toMatchObject([
    { code: 'CHATOPS_PACKAGE_MISSING', where: { file: 'configuration.yaml', line: 2 } }
  ]);
  writeFiles(workspace, {
    'node_modules/redis/package.json': '{"name":"redis","main":"index.js"}',
    'node_modules/redis/index.js':
      'exports.createClient = () => ({ on() {}, isReady: true, hmGet: async () => [null] });'
  });
  await kept.configure(configuration('databases:\n  redis:\n'));
  expect(kept.problems).toEqual([]);
  await expect(stores.at(-1)!.get('global', 'a')).resolves.toBeUndefined();
});
