// One skill of 1,001 is replaced again and again while people in four rooms count: how long until the
// new version is live, and what becomes of the numbers.
import path from 'node:path';
import { root } from '../../scripts/setup/folders.mjs';
import { Bench } from '../support/bench.mjs';
import { BotProcess } from '../support/bot-process.mjs';
import { count, digits, target } from '../support/figures.mjs';
import { skillFiles } from '../support/skill-files.mjs';
import { percentile } from '../support/statistics.mjs';

/** @typedef {{ said: number, rate: number, p50: number, p99: number, lost: number, doubled: number, outOfOrder: number, backwards: number, others: string[] }} Counting */

const SKILLS = 1000;
const ROOMS = 4;
const IN_FLIGHT = 8;

/** Between one version and the next, in milliseconds: as quick as a person's finger. */
const PAUSE = 50;

await Bench.run(async bench => {
  const reloads = bench.amount(20, 500);
  bench.remark(`${count(SKILLS + 1)} skills are loaded`);
  const bot = await BotProcess.start(bench, {
    ...skillFiles(SKILLS, ['number']),
    'skills/number/suffix.ts': `export const mark = 'v';\n`,
    'skills/number/index.ts': source(0)
  });
  const editor = await bot.connect(['editor']);
  await editor.save('number', source(1));
  bench.remark(`${reloads} reloads while nobody talks`);
  const quiet = await reload(bench, editor, 2, reloads);
  bench.remark(
    `${reloads} reloads while ${ROOMS} rooms count, ${IN_FLIGHT} messages in flight in each`
  );
  const { counting, stop } = startCounting(bench, bot.url);
  await editor.ask('n 1', 'editor');
  const loaded = await reload(bench, editor, 2 + reloads, reloads);
  stop();
  const numbers = await counting;
  bench.record({ quiet, loaded, numbers });
  editor.close();
  await bot.stop();
  if (numbers.others.length > 0) {
    throw new Error(`the bot said ${JSON.stringify(numbers.others)}`);
  }
  return {
    title: 'Reloading a skill under load',
    runs: `${reloads} reloads each, ${PAUSE} ms apart`,
    tables: [
      {
        columns: ['from the edit until it is live, ms', 'p50', 'p99', 'longest'],
        rows: [
          ['nobody talks', ...times(quiet)],
          [`${count(Math.round(numbers.rate))} messages a second`, ...times(loaded)]
        ]
      },
      {
        columns: ['numbered messages meanwhile', ''],
        rows: [
          ['said', count(numbers.said)],
          ['lost', numbers.lost],
          ['answered twice', numbers.doubled],
          ['answered out of order', numbers.outOfOrder],
          ['answered by a version older than the one before', numbers.backwards],
          ['from saying to the end of the answer, p50, ms', digits(numbers.p50)],
          ['from saying to the end of the answer, p99, ms', digits(numbers.p99)]
        ]
      }
    ],
    targets: [
      target('under load, p99', percentile(loaded, 99), '<', 50, ' ms'),
      target(
        'lost, doubled or out of order',
        numbers.lost + numbers.doubled + numbers.outOfOrder,
        '≤',
        0
      )
    ],
    notes: [
      `${count(SKILLS + 1)} skills are loaded. ${ROOMS} rooms keep ${IN_FLIGHT} messages in flight each, as many as are answered; every seventh answer takes 2 ms. The edit is a source that comes in by the websocket, as from a skill cell, and ends with the frame that says that it is live. Hubot has no reload, and opsdroid’s ends its process.`
    ]
  };
});

/**
 * @param {Bench} bench
 * @param {string} url
 */
function startCounting(bench, url) {
  const program = path.join(root, 'bench/support/numbered-load.mjs');
  const child = bench.start([process.execPath, [program, url, String(ROOMS), String(IN_FLIGHT)]], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  });
  /** @type {Promise<Counting>} */
  const counting = new Promise((resolve, reject) => {
    child.once('message', message => resolve(/** @type {Counting} */ (message)));
    child.once('exit', code => reject(new Error(`whoever counts ended with ${code}`)));
  });
  // Whoever waits for it does so later.
  counting.catch(() => undefined);
  return { counting, stop: () => child.send('stop') };
}

/**
 * @param {Bench} bench
 * @param {import('../support/client.mjs').Client} editor
 * @param {number} first - version.
 * @param {number} times
 * @returns {Promise<number[]>} how long each took, in milliseconds.
 */
async function reload(bench, editor, first, times) {
  const took = [];
  for (let version = first; version < first + times; version++) {
    const began = performance.now();
    await editor.save('number', source(version));
    took.push(performance.now() - began);
    if (took.length % 100 === 0) {
      bench.remark(`${took.length} of ${times}`);
    }
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
  return took;
}

/** @param {number[]} took */
function times(took) {
  return [percentile(took, 50), percentile(took, 99), Math.max(...took)].map(digits);
}

/**
 * Answers each number with itself and the version; some answers take a while.
 *
 * @param {number} version
 */
function source(version) {
  return `import { matchRegex } from 'chatops';
import { mark } from './suffix';

const version: number = ${version};

export const number = matchRegex(/^n (\\d+)$/, async message => {
  if (Number(message.match[1]) % 7 === 0) {
    await new Promise(resolve => setTimeout(resolve, 2));
  }
  await message.respond(message.match[1] + ' ' + mark + version);
});
`;
}
