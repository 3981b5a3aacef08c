// How soon a bot is there: from the start of its process until it has answered.
import { Bench } from '../support/bench.mjs';
import { range, target } from '../support/figures.mjs';
import { lastSentence } from '../support/skill-files.mjs';
import { median, spread } from '../support/statistics.mjs';
import { talk } from '../support/talk.mjs';
import { chatops, echo, hubot } from '../support/websocket-servers.mjs';

/** @typedef {import('../support/websocket-servers.mjs').ServerKind} ServerKind */
/** @typedef {{ kind: ServerKind, skills: number, ready: number[], answered: number[] }} Case */

const SKILLS = 100;

await Bench.run(async bench => {
  const rounds = bench.amount(2, 11);
  const ours = chatops(bench);
  const peer = hubot(bench);
  const bare = echo(bench);
  /** @type {Case[]} */
  const cases = [
    { kind: ours, skills: SKILLS, ready: [], answered: [] },
    { kind: ours, skills: 1, ready: [], answered: [] },
    { kind: peer, skills: SKILLS, ready: [], answered: [] },
    { kind: bare, skills: 0, ready: [], answered: [] }
  ];
  for (let round = 1; round <= rounds; round++) {
    bench.remark(`round ${round} of ${rounds}`);
    for (const each of cases.filter(({ kind }) => kind.missing === undefined)) {
      const times = await measure(bench, each);
      bench.record({ server: each.kind.title, skills: each.skills, ...times });
      // The first round reads the files from the disk; the others find them in memory.
      if (round > 1) {
        each.ready.push(times.ready);
        each.answered.push(times.answered);
      }
    }
  }
  const [first] = cases;
  return {
    title: 'Starting a bot',
    runs: `the median of ${rounds - 1} starts each, after one to warm up (the lowest–the highest)`,
    versions: [peer.title, bare.title],
    tables: [
      {
        columns: [
          'from the start of the process, ms',
          'until it is ready',
          'until it has answered'
        ],
        rows: cases.map(({ kind, skills, ready, answered }) => [
          skills === 0 ? kind.title : `${kind.title}, ${skills} skill${skills === 1 ? '' : 's'}`,
          ...[ready, answered].map(times => (times.length > 0 ? range(spread(times)) : '–'))
        ])
      }
    ],
    targets: [
      target(
        `${SKILLS} skills, until it has answered`,
        first && median(first.answered) / 1000,
        '<',
        1,
        ' s'
      )
    ],
    notes: [
      'Every skill is a file of its own, in TypeScript for ChatOps and in JavaScript for Hubot; what is asked for the answer is the last one’s. The echo is what Node and `ws` take by themselves.'
    ]
  };
});

/**
 * @param {Bench} bench
 * @param {Case} which
 */
async function measure(bench, { kind, skills }) {
  const { url, child, began } = await kind.start(skills);
  const ready = performance.now() - began;
  const client = await talk(url, kind.dialect);
  const replies = await client.say(lastSentence(skills));
  const answered = performance.now() - began;
  if (kind.dialect !== 'echo' && replies !== 1) {
    throw new Error(`${kind.title} gave ${replies} answers`);
  }
  client.close();
  await bench.stop(child);
  return { ready, answered };
}
