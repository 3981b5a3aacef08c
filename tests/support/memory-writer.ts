import { writeSync } from 'node:fs';
import { FileMemory } from '../../src/bot/memory/file-memory';

/** Counts in a memory until it is killed: several keys at once, and says which number is safe. */
async function main([folder = '', round = '']: string[]): Promise<void> {
  const memory = await FileMemory.open(folder, { clock: Date, growth: 3000 });
  const count = async (key: string): Promise<never> => {
    for (;;) {
      const stored = await memory.get('global', key);
      const value = Number(stored?.value ?? 0) + 1;
      await memory.put('global', key, String(value));
      writeSync(1, `${key} ${value}\n`);
    }
  };
  await Promise.all([count('always'), count(`round${round}`), count(`also${round}`)]);
}

// Run with `-e`, so the first parameter follows the program.
void main(process.argv.slice(1));
