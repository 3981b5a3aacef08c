import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findServer, globalPlaces } from '../../../src/kernel/language/find-server';
import { temporaryFolder } from '../../support/temporary-folder';

/** Installs a TypeScript that does nothing. */
function install(folder: string, version: string, { withProgram = true } = {}): string {
  const put = (file: string, text: string): string => {
    const full = path.join(folder, 'node_modules', file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
    return full;
  };
  put('typescript/package.json', JSON.stringify({ name: 'typescript', version }));
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  put(`${platform}/package.json`, JSON.stringify({ name: platform, version }));
  const program = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
  return withProgram ? put(`${platform}/lib/${program}`, '') : '';
}

test('the first place that has one counts, also for a folder further down', () => {
  const [empty, first, second] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  const file = install(first!, '7.1.0');
  install(second!, '7.0.0');
  const below = path.join(first!, 'notebooks', 'deep');
  mkdirSync(below, { recursive: true });
  expect(findServer([empty!, below, second!])).toEqual({ file, version: '7.1.0' });
  expect(findServer([empty!])).toBeUndefined();
});

test('one that is too old, or without the program for this platform, does not count', () => {
  const [old, bare, good] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  install(old!, '5.9.3');
  install(bare!, '7.0.2', { withProgram: false });
  const file = install(good!, '7.0.2');
  expect(findServer([old!, bare!, good!])?.file).toBe(file);
});

test('where npm installs for all', () => {
  expect(globalPlaces({}, '/opt/node/bin/node', 'linux')).toEqual(['/opt/node/lib']);
  const environment = { npm_config_prefix: '/home/ada/.npm', NODE_PATH: '/x/node_modules' };
  expect(globalPlaces(environment, '/usr/bin/node', 'linux')).toEqual([
    '/x',
    '/home/ada/.npm/lib',
    '/usr/lib'
  ]);
});
