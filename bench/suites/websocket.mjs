// The workload W with 100 skills through a websocket, from another process: beside a bare echo, and Hubot.
import path from 'node:path';
import { root } from '../../scripts/setup/folders.mjs';
import { Bench } from '../support/bench.mjs';
import { range, target } from '../support/figures.mjs';
import { median, spread } from '../support/statistics.mjs';
import { chatops, echo, hubot } from '../support/websocket-servers.mjs';

/** @typedef {import('../support/websocket-servers.mjs').ServerKind} ServerKind */
/** @typedef {{ rate: number, p50: number, p99: number, messages: number }} Load */
/** @typedef {{ many: Load[], single: Load[] }} Measured */

const SKILLS = 100;
const IN_FLIGHT = 32;

await Bench.run(async bench => {
  const rounds = bench.amount(1, 5);
  const seconds = bench.amount(0.5, 3);
  const kinds = [echo(bench), hubot(bench), chatops(bench)];
  const present = kinds.filter(({ missing }) => missing === undefined);
  /** @type {Map<ServerKind, Measured>} */
  const measured = new Map(present.map(kind => [kind, { many: [], single: [] }]));
  for (let round = 1; round <= rounds; round++) {
    bench.remark(`round ${round} of ${rounds}`);
    for (const [kind, { many, single }] of measured) {
      const { url, child } = await kind.start(SKILLS);
      many.push(await load(bench, kind, url, IN_FLIGHT, seconds));
      single.push(await load(bench, kind, url, 1, seconds / 3));
      await bench.stop(child);
    }
  }
  const [bare, , ours] = kinds;
  const share = bare && ours && rate(measured, ours) / rate(measured, bare);
  return {
    title: 'Through the websocket',
    runs: `the median of ${rounds} rounds of ${seconds} s, in turns (the lowest–the highest)`,
    versions: kinds.slice(0, 2).map(({ title }) => title),
    tables: [
      {
        columns: [
          `${SKILLS} skills`,
          `messages a second, ${IN_FLIGHT} in flight`,
          'p50, ms',
          'p99, ms',
          'one at a time, p50, ms'
        ],
        rows: kinds.map(kind => row(kind.title, measured.get(kind)))
      }
    ],
    targets: [
      target('beside the bare echo', share === undefined ? undefined : share * 100, '≥', 80, ' %')
    ],
    notes: [
      'One connection over a Unix socket, the client in a process of its own, every process on any core. The echo sends a frame for each that it gets. ChatOps keeps the message in its journal, acknowledges it, shows it to the room, and tells its end: three frames, and one for each reply.',
      ...kinds.flatMap(({ title, missing }) =>
        missing === undefined ? [] : [`${title} could not be installed: ${missing}`]
      )
    ]
  };
});

/**
 * @param {Bench} bench
 * @param {ServerKind} kind
 * @param {string} url
 * @param {number} inFlight
 * @param {number} seconds
 * @returns {Promise<Load>}
 */
async function load(bench, { title, dialect }, url, inFlight, seconds) {
  const program = path.join(root, 'bench/support/websocket-load.mjs');
  const parameters = [url, dialect, SKILLS, inFlight, seconds].map(String);
  /** @type {Load} */
  const figures = await bench
    .measurement([process.execPath, [program, ...parameters]])
    .catch(error => {
      throw new Error(`${title}: ${error.message}`, { cause: error });
    });
  bench.record({ server: title, inFlight, ...figures });
  return figures;
}

/**
 * @param {Map<ServerKind, Measured>} measured
 * @param {ServerKind} kind
 */
function rate(measured, kind) {
  return median(measured.get(kind)?.many.map(({ rate }) => rate) ?? []);
}

/**
 * @param {string} title
 * @param {Measured | undefined} measured
 */
function row(title, measured) {
  if (!measured) {
    return [title, '–', '–', '–', '–'];
  }
  const { many, single } = measured;
  return [
    title,
    range(spread(many.map(({ rate }) => Math.round(rate)))),
    range(spread(many.map(({ p50 }) => p50))),
    range(spread(many.map(({ p99 }) => p99))),
    range(spread(single.map(({ p50 }) => p50)))
  ];
}
