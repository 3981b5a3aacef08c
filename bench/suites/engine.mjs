// The workload W through each engine: how many messages a second, with 10, 100 and 1,000 skills.
import { Bench } from '../support/bench.mjs';
import { contenders } from '../support/contenders.mjs';
import { count, digits, range, target } from '../support/figures.mjs';
import { lastCore, onCore } from '../support/processor.mjs';
import { median, spread } from '../support/statistics.mjs';

/** @typedef {import('../support/contenders.mjs').Contender} Contender */
/** @typedef {import('../support/figures.mjs').Figures} Figures */

const SIZES = [10, 100, 1000];

/** How many times as fast as Hubot we want to be, by the number of skills. */
const TIMES_HUBOT = /** @type {const} */ ([
  [10, 1.5],
  [100, 5],
  [1000, 30]
]);

await Bench.run(async bench => {
  const rounds = bench.amount(1, 3);
  const seconds = bench.amount(0.5, 2);
  const core = lastCore();
  const { ours, ourselvesFree, bare, peers } = await contenders(bench.peers, bench.folder());
  const all = [ours, ...(core === undefined ? [] : [ourselvesFree]), ...peers, bare];
  for (let round = 1; round <= rounds; round++) {
    for (const skills of SIZES) {
      bench.remark(`${count(skills)} skills, round ${round} of ${rounds}`);
      for (const contender of all) {
        await measure(bench, contender, skills, seconds, core);
      }
    }
  }
  return report(all, peers, { rounds, seconds, core });
});

/**
 * @param {Bench} bench
 * @param {Contender} contender
 * @param {number} skills
 * @param {number} seconds
 * @param {number | undefined} core
 */
async function measure(bench, contender, skills, seconds, core) {
  const { title, isFree, measured, failures, missing } = contender;
  if (missing !== undefined || failures.has(skills)) {
    return;
  }
  try {
    const command = onCore(contender.command(skills, seconds), isFree ? undefined : core);
    /** @type {import('../support/workload.mjs').Measured} */
    const figures = await bench.measurement(command);
    bench.record({ contender: title, skills, ...figures });
    measured.set(skills, [...(measured.get(skills) ?? []), figures]);
  } catch (error) {
    const text = String(error instanceof Error ? error.message : error);
    const reason = text.trim().split('\n').at(-1) ?? text;
    failures.set(skills, reason);
    bench.record({ contender: title, skills, failed: text });
    bench.remark(`${title} failed: ${reason}`);
  }
}

/**
 * @param {Contender[]} all
 * @param {Contender[]} peers
 * @param {{ rounds: number, seconds: number, core: number | undefined }} how
 * @returns {Figures}
 */
function report(all, peers, { rounds, seconds, core }) {
  const ours = /** @type {Contender} */ (all[0]);
  const hubot = peers.find(({ title }) => title.startsWith('Hubot'));
  return {
    title: 'The engine beside others',
    runs: `the median of ${rounds} rounds of ${seconds} s, in turns (the lowest–the highest)`,
    versions: peers.map(({ title }) => title),
    tables: [
      {
        columns: ['messages a second', ...SIZES.map(skills => `${count(skills)} skills`)],
        rows: all.map(contender => [
          contender.title,
          ...SIZES.map(skills => cell(contender, skills, ({ rate }) => rate))
        ])
      },
      {
        columns: ['times as fast as Hubot', ...SIZES.map(skills => `${count(skills)} skills`)],
        rows: all
          .filter(contender => contender !== hubot)
          .map(contender => [
            contender.title,
            ...SIZES.map(skills => inWords(timesAsFast(contender, hubot, skills)))
          ])
      },
      {
        columns: ['with 1,000 skills', 'p50, ms', 'p99, ms', 'processor time, µs', 'memory, MB'],
        rows: all.map(contender => [
          contender.title,
          cell(contender, 1000, ({ p50 }) => p50),
          cell(contender, 1000, ({ p99 }) => p99),
          cell(contender, 1000, ({ cpu }) => cpu),
          cell(contender, 1000, ({ rss }) => rss)
        ])
      }
    ],
    targets: [
      ...TIMES_HUBOT.map(([skills, times]) =>
        target(
          `${count(skills)} skills, beside Hubot`,
          timesAsFast(ours, hubot, skills),
          '≥',
          times,
          ' ×'
        )
      ),
      target(
        'a message with 1,000 skills, beside one with 10',
        timesAsFast(ours, ours, 10, 1000),
        '≤',
        1.3,
        ' ×'
      )
    ],
    notes: [
      core === undefined
        ? 'There is no `taskset` here: every process ran on any core.'
        : 'Each process was kept on one core with all its threads, so that our two threads have no more of the machine than a peer’s one; “on any core” is the same without that.',
      'The last row is what it costs to run skills in a thread of their own: of five messages one goes to a thread and back twice, for the call and for the reply, and nothing else happens.',
      ...peers
        .filter(({ missing }) => missing !== undefined)
        .map(({ title, missing }) => `${title} could not be installed: ${missing}`),
      ...peers.flatMap(({ title, failures }) =>
        [...failures].map(([skills, reason]) => `${title} with ${count(skills)} skills: ${reason}`)
      )
    ]
  };
}

/**
 * @param {Contender} contender
 * @param {number} skills
 * @param {(measured: import('../support/workload.mjs').Measured) => number} figure
 */
function cell({ measured }, skills, figure) {
  const values = measured.get(skills)?.map(figure);
  return values ? range(spread(values)) : '–';
}

/** @param {number | undefined} ratio */
function inWords(ratio) {
  return ratio === undefined ? '–' : digits(ratio);
}

/**
 * The ratio of two rates.
 *
 * @param {Contender} contender
 * @param {Contender | undefined} other
 * @param {number} skills
 * @param {number} [othersSkills]
 * @returns {number | undefined} nothing where one was not measured.
 */
function timesAsFast(contender, other, skills, othersSkills = skills) {
  const rates = contender.measured.get(skills)?.map(({ rate }) => rate);
  const others = other?.measured.get(othersSkills)?.map(({ rate }) => rate);
  return rates && others && median(rates) / median(others);
}
