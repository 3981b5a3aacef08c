import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync
} from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FileMemory, type FileMemoryOptions } from '../../../src/bot/memory';
import { systemClock } from '../../../src/engine';
import type { ErrorRecord } from '../../../src/protocol';
import { memoryContract } from '../../support/memory-contract';
import { temporaryFolder } from '../../support/temporary-folder';

memoryContract('FileMemory', () => {
  const folder = temporaryFolder();
  return clock => FileMemory.open(folder, { clock });
});

// Small enough that each test writes its log anew many times.
memoryContract('FileMemory with a small log', () => {
  const folder = temporaryFolder();
  return clock => FileMemory.open(folder, { clock, growth: 150, sync: false });
});

/** A memory with what is told of its files. */
async function openIn(
  folder: string,
  options: Partial<FileMemoryOptions> = {}
): Promise<{ memory: FileMemory; troubles: ErrorRecord[] }> {
  const troubles: ErrorRecord[] = [];
  const memory = await FileMemory.open(folder, {
    clock: systemClock,
    onTrouble: error => troubles.push(error),
    ...options
  });
  onTestFinished(() => memory.close());
  return { memory, troubles };
}

/** A folder whose memory has these values under the keys k0, k1 … */
async function folderWith(...values: string[]): Promise<string> {
  const folder = temporaryFolder();
  const { memory } = await openIn(folder);
  for (const [i, value] of values.entries()) {
    await memory.put('global', `k${i}`, JSON.stringify(value));
  }
  await memory.close();
  return folder;
}

function logOf(folder: string): string {
  return path.join(
    folder,
    readdirSync(folder).find(name => name.endsWith('.log'))!
  );
}

/** What a memory holds of `k0`, `k1` … */
async function valuesIn(memory: FileMemory, count: number): Promise<(string | undefined)[]> {
  const found = await Promise.all(
    Array.from({ length: count }, (_, i) => memory.get('global', `k${i}`))
  );
  return found.map(stored => stored && (JSON.parse(stored.value) as string));
}

describe('a log that a crash has cut short', () => {
  test('loses what was not whole, wherever it was cut, and nothing else', async () => {
    const folder = await folderWith('one', 'zwölf', 'three');
    const whole = readFileSync(logOf(folder));
    const lines = whole.toString('latin1').split('\n');
    const lastStart = whole.length - lines.at(-2)!.length - 1;
    for (let size = lastStart; size < whole.length; size++) {
      const cut = temporaryFolder();
      writeFileSync(path.join(cut, '000001.log'), whole.subarray(0, size));
      const { memory, troubles } = await openIn(cut);
      expect(await valuesIn(memory, 3)).toEqual(['one', 'zwölf', undefined]);
      expect(readFileSync(logOf(cut)).length).toBe(lastStart);
      await memory.put('global', 'k2', '"again"');
      await memory.close();
      const { memory: next, troubles: later } = await openIn(cut);
      expect(await valuesIn(next, 3)).toEqual(['one', 'zwölf', 'again']);
      expect([...troubles, ...later]).toEqual([]);
      await next.close();
    }
  });

  test('is whole at any moment while it is written anew', async () => {
    const folder = await folderWith('one', 'two');
    const log = readFileSync(logOf(folder));
    // Killed before the new one was whole, and after it was but before the old one was deleted.
    writeFileSync(path.join(folder, '000002.log.new'), log.subarray(0, 30));
    const { memory } = await openIn(folder);
    expect(await valuesIn(memory, 2)).toEqual(['one', 'two']);
    await memory.close();
    writeFileSync(path.join(folder, '000009.log'), log);
    writeFileSync(path.join(folder, '000010.log'), log);
    const { memory: next } = await openIn(folder);
    expect(await valuesIn(next, 2)).toEqual(['one', 'two']);
    expect(readdirSync(folder).toSorted()).toEqual(['000010.log', 'lock']);
  });
});

describe('a log that was damaged', () => {
  test('costs the damaged record only, whichever byte it is', async () => {
    const values = ['one', 'two', 'three', 'four'];
    const folder = await folderWith(...values);
    const whole = readFileSync(logOf(folder));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (place, change) => {
          const other = temporaryFolder();
          const damaged = Buffer.from(whole);
          damaged[place]! ^= change;
          writeFileSync(path.join(other, '000001.log'), damaged);
          const { memory, troubles } = await openIn(other);
          const found = await valuesIn(memory, 4);
          const lost = values.filter((value, i) => found[i] !== value);
          expect(lost.length).toBeLessThanOrEqual(1);
          // What is damaged at the very end looks like what a crash has cut short.
          if (lost.length > 0 && lost[0] !== 'four') {
            expect(troubles).toMatchObject([{ code: 'CHATOPS_MEMORY_DAMAGED' }]);
          }
          await memory.put('global', 'k0', '"new"');
          await memory.close();
          const { memory: next, troubles: later } = await openIn(other);
          expect(await valuesIn(next, 4)).toEqual(['new', ...found.slice(1)]);
          expect(later).toEqual([]);
          await next.close();
        }
      ),
      { numRuns: 60 }
    );
  });

  test('is kept as it was, for people to look at', async () => {
    const folder = await folderWith('one');
    appendFileSync(logOf(folder), 'scribble\n');
    const damaged = readFileSync(logOf(folder), 'utf8');
    const { troubles, memory } = await openIn(folder);
    expect(troubles).toMatchObject([{ code: 'CHATOPS_MEMORY_DAMAGED' }]);
    const kept = /kept as (.*?);/.exec(troubles[0]!.hint)![1]!;
    expect(readFileSync(kept, 'utf8')).toBe(damaged);
    expect(await valuesIn(memory, 1)).toEqual(['one']);
  });
});

test('a log that has grown is written anew with what is still there', async () => {
  const folder = temporaryFolder();
  const { memory } = await openIn(folder, { growth: 2000, sync: false });
  for (let i = 0; i < 500; i++) {
    await memory.put('global', 'count', String(i));
  }
  await memory.close();
  expect(readFileSync(logOf(folder)).length).toBeLessThan(5000);
  const { memory: next } = await openIn(folder);
  expect((await next.get('global', 'count'))?.value).toBe('499');
});

test('a version does not come back, although the log that had it was written anew', async () => {
  const folder = temporaryFolder();
  // A clock that stands still: versions are merely counted.
  const clock = { now: () => 0 };
  const { memory } = await openIn(folder, { clock, growth: 50 });
  const versions = [
    await memory.put('global', 'gone', '1'),
    await memory.put('global', 'gone', '2')
  ];
  await memory.delete('global', 'gone');
  await memory.close();
  expect(readFileSync(logOf(folder), 'utf8')).not.toContain('gone');
  const { memory: next } = await openIn(folder, { clock });
  expect(versions).not.toContain(await next.put('global', 'gone', '3'));
});

describe('a folder that cannot be written any more', () => {
  test('refuses changes, keeps what it had, and goes on when it can', async () => {
    const folder = await folderWith('one');
    const { memory } = await openIn(folder);
    // As if the disk were full: every write of the log fails.
    const { log } = memory as unknown as { log: { write: unknown } };
    const write = log.write;
    log.write = () => Promise.reject(new Error('ENOSPC: no space left on device'));
    const unavailable = { code: 'CHATOPS_MEMORY_UNAVAILABLE' };
    const [first, second] = [memory.put('global', 'k0', '"two"'), memory.delete('global', 'k0')];
    await expect(first).rejects.toMatchObject(unavailable);
    await expect(second).rejects.toMatchObject(unavailable);
    expect(await valuesIn(memory, 1)).toEqual(['one']);
    log.write = write;
    await memory.put('global', 'k1', '"three"');
    await memory.close();
    const { memory: next } = await openIn(folder);
    expect(await valuesIn(next, 2)).toEqual(['one', 'three']);
  });
});

describe('the lock of a folder', () => {
  test('lets nobody else in while it is open', async () => {
    const folder = temporaryFolder();
    const { memory } = await openIn(folder);
    await expect(openIn(folder)).rejects.toMatchObject({ code: 'CHATOPS_MEMORY_IN_USE' });
    await memory.put('global', 'k0', '"one"');
    await memory.close();
    const { memory: next } = await openIn(folder);
    expect(await valuesIn(next, 1)).toEqual(['one']);
  });

  const holder = { id: 'x', pid: process.pid, host: hostname(), started: '1' };
  test.each([
    ['of a process that is gone', { ...holder, pid: 2 ** 22 + 1 }],
    ['of a process whose number another one has now', holder],
    ['of another machine', { ...holder, host: 'elsewhere' }]
  ])('is taken over when it is that %s', async (_, left) => {
    const folder = temporaryFolder({ lock: JSON.stringify(left) });
    const { memory } = await openIn(folder);
    await memory.put('global', 'k0', '1');
    await memory.close();
    expect(existsSync(path.join(folder, 'lock'))).toBe(false);
  });
});

test('a folder that cannot be made is an error of the system', async () => {
  const folder = temporaryFolder({ file: '' });
  await expect(openIn(path.join(folder, 'file', 'memory'))).rejects.toThrow(/ENOTDIR|EEXIST/);
});

test('a bot that is killed while it writes loses nothing that was confirmed', async () => {
  const folder = path.join(temporaryFolder(), 'memory');
  mkdirSync(folder);
  const confirmed = new Map<string, number>();
  for (let round = 1; round <= 4; round++) {
    // Killed at a different place each time, often while the log is written anew.
    await killedAfter(folder, round, 40 * round + 7, (key, value) => confirmed.set(key, value));
    const { memory, troubles } = await openIn(folder);
    for (const [key, value] of confirmed) {
      const stored = await memory.get('global', key);
      // One more change of it may have been written when nobody could be told any more.
      expect([value, value + 1]).toContain(Number(stored?.value));
      confirmed.set(key, Number(stored?.value));
    }
    expect(troubles).toEqual([]);
    await memory.close();
  }
  expect(confirmed.size).toBe(9);
}, 60_000);

/** Lets a process count in the memory of a folder, and kills it when it has confirmed so many changes. */
async function killedAfter(
  folder: string,
  round: number,
  count: number,
  onConfirmed: (key: string, value: number) => void
): Promise<void> {
  const script = path.resolve('tests/support/memory-writer.ts');
  const load = `require(${JSON.stringify(script)})`;
  const parameters = ['-r', 'sucrase/register/ts', '-e', load, folder, String(round)];
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise(resolve => child.once('exit', resolve));
  let left = count;
  for await (const line of createInterface({ input: child.stdout })) {
    const [key, value] = line.split(' ');
    onConfirmed(key!, Number(value));
    if (--left === 0) {
      child.kill('SIGKILL');
    }
  }
  await ended;
  expect([left <= 0, child.signalCode]).toEqual([true, 'SIGKILL']);
}
