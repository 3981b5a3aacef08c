import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { createServer } from 'vite';
import { build } from './setup/build.mjs';
import { root, tools } from './setup/folders.mjs';
import { Log } from './setup/log.mjs';

/** How much of a value is shown. */
const DEPTH = { depth: 6, breakLength: 100, maxStringLength: 400 };

/** @param {string} text */
const print = text => process.stdout.write(`${text}\n`);

/** @param {unknown} value */
const indented = value => inspect(value, DEPTH).replaceAll('\n', '\n    ');

/**
 * Plays the cases of a file and prints those that fail.
 *
 * @param {string} file
 * @returns {Promise<boolean>} true when none does
 */
async function play(file) {
  const cases = JSON.parse(readFileSync(file, 'utf8'));
  // The cases drive the sources themselves, which vite reads without a build.
  const vite = await createServer({
    root,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, watch: null, hmr: false },
    optimizeDeps: { noDiscovery: true }
  });
  try {
    const { judge } = await vite.ssrLoadModule('/tests/conformance/judge.ts');
    let failed = 0;
    let replaced = 0;
    for (const each of cases) {
      const verdict = await judge(each);
      if (!verdict.passed) {
        failed++;
        print(verdict.id);
        print(`    expected ${indented(verdict.expected)}`);
        print(`    got      ${indented(verdict.got)}`);
      } else if (verdict.replaced !== undefined) {
        replaced++;
        print(`${verdict.id} has no counterpart here; instead: ${verdict.replaced}`);
      }
    }
    if (replaced > 0) {
      print(`${replaced} of those that passed are about something that was replaced (named above)`);
    }
    print(`${cases.length - failed} passed, ${failed} failed`);
    return failed === 0;
  } finally {
    await vite.close();
  }
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('Usage: npm run conformance -- FILE\n');
  process.exitCode = 2;
} else {
  // Some cases start a whole bot, whose skill thread is a program of its own.
  await build(new Log(path.join(tools, 'conformance.log')));
  process.exitCode = (await play(path.resolve(file))) ? 0 : 1;
  // A skill of a case may have left a timer behind.
  process.exit();
}
