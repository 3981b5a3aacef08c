// What 10,000 reloads of a skill of 20 kB leave behind in memory, beside the ways through Node's caches.
import path from 'node:path';
import { root } from '../../scripts/setup/folders.mjs';
import { bigSource } from '../support/big-source.mjs';
import { Bench } from '../support/bench.mjs';
import { BotProcess } from '../support/bot-process.mjs';
import { count, digits, target } from '../support/figures.mjs';

/** What is in use, in bytes. @typedef {{ heap: number, rss: number }} Memory */
/** @typedef {{ reloads: number, before: Memory, after: Memory }} Measured */

/** What grows with the first reloads and not with later ones is no leak. */
const WARM_UP = 300;

/** Tells what is left in the memory of the thread that it runs in. */
const PROBE = `import { matchRegex } from 'chatops';

export const heap = matchRegex(/^heap$/, async message => {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external } = process.memoryUsage();
  await message.respond(String(heapUsed + external));
});
`;

await Bench.run(async bench => {
  const reloads = bench.amount(200, 10_000);
  const ours = await chatops(bench, reloads);
  // So many leave so much behind that ten times as many would not fit into memory.
  const fewer = bench.amount(100, 1000);
  bench.remark(`${count(fewer)} times import('?v=')`);
  const imported = await moduleCache(bench, 'import', fewer);
  bench.remark(`${count(fewer)} times require, out of the cache`);
  const required = await moduleCache(bench, 'require', fewer);
  return {
    title: 'Memory that a reload leaves behind',
    runs: `one process each`,
    tables: [
      {
        columns: ['a skill of 20 kB', 'reloads', 'in the heaps, kB each', 'resident, kB each'],
        rows: [
          row('ChatOps', ours),
          row("`import('?v=')`", imported),
          row('`require`, taken out of the cache', required)
        ]
      }
    ],
    targets: [target('ChatOps, in the heaps', each(ours, 'heap'), '<', 1, ' kB')],
    notes: [
      `The heaps of the main thread and of the skill thread after a collection, with what they hold outside, before and after; ${WARM_UP} reloads went ahead. The bot is the real one: each reload is a source that comes in by the websocket, is written to its file and told to the client. For the others ${count(fewer)} reloads have to do: 10,000 would not fit into memory.`
    ]
  };
});

/**
 * @param {Bench} bench
 * @param {number} reloads
 * @returns {Promise<Measured>}
 */
async function chatops(bench, reloads) {
  const hook = path.join(root, 'bench/support/heap-hook.cjs');
  const bot = await BotProcess.start(
    bench,
    {
      'configuration.yaml':
        'skills:\n  - name: big\n    path: skills/big\n  - name: heap\n    path: skills/heap\n',
      'skills/big/index.ts': source(0),
      'skills/heap/index.ts': PROBE
    },
    ['--expose-gc', '--require', hook]
  );
  const client = await bot.connect();
  const memory = async () => {
    const [thread] = await client.ask('heap');
    /** @type {Memory} */
    const main = await new Promise(resolve => {
      bot.child.once('message', message => resolve(/** @type {Memory} */ (message)));
      bot.child.send('memory');
    });
    return { heap: main.heap + Number(thread), rss: main.rss };
  };
  for (let version = 1; version <= WARM_UP; version++) {
    await client.save('big', source(version));
  }
  const before = await memory();
  for (let version = 1; version <= reloads; version++) {
    await client.save('big', source(WARM_UP + version));
    if (version % 1000 === 0) {
      bench.remark(`${count(version)} of ${count(reloads)} reloads`);
    }
  }
  const after = await memory();
  const [answer] = await client.ask('version');
  if (answer !== String(WARM_UP + reloads)) {
    throw new Error(`version ${answer} is live`);
  }
  client.close();
  await bot.stop();
  const measured = { reloads, before, after };
  bench.record({ way: 'ChatOps', ...measured });
  return measured;
}

/**
 * @param {Bench} bench
 * @param {'import' | 'require'} way
 * @param {number} reloads
 * @returns {Promise<Measured>}
 */
async function moduleCache(bench, way, reloads) {
  const program = path.join(root, 'bench/peers/module-cache.mjs');
  const parameters = ['--expose-gc', program, way, String(reloads), bench.folder()];
  /** @type {Measured} */
  const measured = await bench.measurement([process.execPath, parameters]);
  bench.record({ way, ...measured });
  return measured;
}

/** @param {number} version */
function source(version) {
  return `import { matchRegex } from 'chatops';
${bigSource(version)}
export const say = matchRegex(/^version$/, async message => {
  await message.respond(String(version));
});
`;
}

/**
 * @param {string} name
 * @param {Measured} measured
 */
function row(name, measured) {
  return [
    name,
    count(measured.reloads),
    digits(each(measured, 'heap')),
    digits(each(measured, 'rss'))
  ];
}

/**
 * What each reload left behind, in kB.
 *
 * @param {Measured} measured
 * @param {keyof Memory} kind
 */
function each({ reloads, before, after }, kind) {
  return (after[kind] - before[kind]) / reloads / 1000;
}
