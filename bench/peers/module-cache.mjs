import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bigSource } from '../support/big-source.mjs';

/**
 * Reloads a module of 20 kB as bots in Node do it: `import('?v=')`, or `require` after it was taken out of
 * the cache. Tells the memory that each time leaves behind. Runs with `--expose-gc`.
 */
const [way, reloads = 1000, folder = '.'] = process.argv.slice(2);
const file = path.join(folder, way === 'import' ? 'skill.mjs' : 'skill.cjs');
const require = createRequire(pathToFileURL(file));

/** @param {number} version */
async function reload(version) {
  const source = bigSource(version);
  if (way === 'import') {
    writeFileSync(file, source);
    await import(`${pathToFileURL(file).href}?v=${version}`);
  } else {
    writeFileSync(file, source.replace(/^export function (\w+)/gm, 'exports.$1 = function $1'));
    delete require.cache[require.resolve(file)];
    require(file);
  }
}

function memory() {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, rss };
}

const WARM_UP = 50;
for (let version = 0; version < WARM_UP; version++) {
  await reload(version);
}
const before = memory();
for (let version = 0; version < Number(reloads); version++) {
  await reload(WARM_UP + version);
}
const after = memory();
rmSync(file);
console.log(JSON.stringify({ reloads: Number(reloads), before, after }));
