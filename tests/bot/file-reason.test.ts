import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fileReason } from '../../src/bot/file-reason';
import { openMemory } from '../../src/bot/memory';
import { openJournal } from '../../src/bot/workspace';
import type { ErrorRecord } from '../../src/protocol';
import { temporaryFolder } from '../support/temporary-folder';

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test('what the system says is told in words that people can act on', () => {
  const folder = temporaryFolder({ file: '' });
  const [file, inside, none] = ['file', 'file/inside', 'none'].map(name => path.join(folder, name));
  expect(fileReason(thrownBy(() => readFileSync(none!)))).toBe(`\`${none}\` is not there (ENOENT)`);
  expect(fileReason(thrownBy(() => mkdirSync(inside!)))).toBe(
    `a part of \`${inside}\` is a file and not a folder (ENOTDIR)`
  );
  expect(fileReason(thrownBy(() => mkdirSync(file!)))).toBe(
    `\`${file}\` is there already, and is no folder (EEXIST)`
  );
  expect(fileReason(thrownBy(() => writeFileSync(folder, '')))).toBe(
    `\`${folder}\` is a folder and not a file (EISDIR)`
  );
});

test('other errors keep their own words', async () => {
  expect(fileReason(new Error('something else.'))).toBe('something else');
  expect(fileReason('a text')).toBe('a text');
  const error = await new Promise(resolve =>
    connect(path.join(temporaryFolder(), 'no-socket')).on('error', resolve)
  );
  expect(fileReason(error)).toContain('connect ENOENT');
});

test('a folder of the bot that cannot be made is told without the system’s words alone', async () => {
  const workspace = temporaryFolder({ '.chatops': 'a file in the way' });
  const troubles: ErrorRecord[] = [];
  const note = (error: ErrorRecord): void => void troubles.push(error);
  await (await openJournal(workspace, note)).close();
  await (await openMemory([], { workspace, onTrouble: note })).close();
  expect(troubles.map(({ code }) => code)).toEqual(['CHATOPS_JOURNAL', 'CHATOPS_MEMORY_VOLATILE']);
  for (const { message } of troubles) {
    expect(message).toMatch(/`[^`]*\.chatops[^`]*`.*(folder|there)/);
    expect(message).not.toContain('mkdir');
  }
});
