// How much memory a bot takes, as the system counts it: without skills, and with 100 that have been used.
import { Bench } from '../support/bench.mjs';
import { range, target } from '../support/figures.mjs';
import { residentMemory } from '../support/processor.mjs';
import { median, spread } from '../support/statistics.mjs';
import { talk } from '../support/talk.mjs';
import { chatops, echo, hubot } from '../support/websocket-servers.mjs';

/** @typedef {import('../support/websocket-servers.mjs').ServerKind} ServerKind */

/** Without skills, and with as many as a busy team has; the most memory each may take, in MB. */
const SIZES = /** @type {const} */ ([
  [0, 70],
  [100, 90]
]);

/** How long a bot is left alone before it is measured, in seconds. */
const REST = 3;

await Bench.run(async bench => {
  const rounds = bench.amount(1, 5);
  const rest = bench.amount(0.5, REST);
  const kinds = [chatops(bench), hubot(bench), echo(bench)];
  /** @type {Map<string, number[]>} */
  const measured = new Map();
  for (let round = 1; round <= rounds; round++) {
    bench.remark(`round ${round} of ${rounds}`);
    for (const kind of kinds.filter(({ missing }) => missing === undefined)) {
      for (const [skills] of SIZES) {
        const memory = await measure(bench, kind, skills, rest);
        bench.record({ server: kind.title, skills, memory });
        const key = keyOf(kind, skills);
        measured.set(key, [...(measured.get(key) ?? []), memory]);
      }
    }
  }
  const values = (/** @type {ServerKind} */ kind, /** @type {number} */ skills) =>
    measured.get(keyOf(kind, skills));
  const [ours] = kinds;
  return {
    title: 'Memory of a bot',
    runs: `the median of ${rounds} processes each, ${rest} s after the last message (the lowest–the highest)`,
    versions: kinds.slice(1).map(({ title }) => title),
    tables: [
      {
        columns: ['resident, MB', 'no skills', '100 skills'],
        rows: kinds.map(kind => [
          kind.title,
          ...SIZES.map(([skills]) => {
            const found = values(kind, skills);
            return found ? range(spread(found)) : '–';
          })
        ])
      }
    ],
    targets: SIZES.map(([skills, most]) => {
      const found = ours && values(ours, skills);
      const figure = skills === 0 ? 'idle' : `with ${skills} skills`;
      return target(figure, found && median(found), '≤', most, ' MB');
    }),
    notes: [
      'A client is connected and has said something: of 100 skills each has answered once. Hubot’s web server is off; the echo, which has no skills, is what Node and `ws` take by themselves.'
    ]
  };
});

/**
 * @param {Bench} bench
 * @param {ServerKind} kind
 * @param {number} skills
 * @param {number} rest
 */
async function measure(bench, kind, skills, rest) {
  const { url, child } = await kind.start(skills);
  const client = await talk(url, kind.dialect);
  await client.say('good morning everyone');
  for (let i = 0; i < skills; i++) {
    await client.say(`deploy service-${i} to production`);
  }
  await new Promise(resolve => setTimeout(resolve, rest * 1000));
  const memory = residentMemory(child.pid);
  client.close();
  await bench.stop(child);
  return memory;
}

/**
 * @param {ServerKind} kind
 * @param {number} skills
 */
function keyOf({ title }, skills) {
  return `${title} ${skills}`;
}
