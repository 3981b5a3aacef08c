import { Client } from './client.mjs';
import { percentile } from './statistics.mjs';

/**
 * People who count in several rooms, `n 1`, `n 2`, …, each keeping so many messages in flight, until the
 * channel to the parent brings a message. What a skill answers must be the same number and its version.
 * Tells the parent what became of the numbers. A process of its own, as a browser is.
 */
const [url = '', rooms = 4, inFlight = 8] = process.argv.slice(2);

/** How long the last answers may take, in milliseconds. */
const PATIENCE = 10_000;

class Room {
  said = 0;
  handled = 0;
  /** @type {{ number: number, version: number }[]} */
  answers = [];
  /** What was said instead of an answer. @type {string[]} */
  others = [];
  /** @type {number[]} */
  began = [];

  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }
}

const byName = new Map(
  Array.from({ length: Number(rooms) }, (_, i) => [`room${i}`, new Room(`room${i}`)])
);
const client = await Client.greeted(url, [...byName.keys()]);
/** @type {number[]} */
const times = [];
/** The number that each message carries. @type {Map<number, number>} */
const numbers = new Map();
let isOver = false;
/** @type {() => void} */
let drained = () => undefined;

/** @param {Room} room */
function say(room) {
  const number = ++room.said;
  room.began[number] = performance.now();
  client.send({ type: 'say', id: `${room.name}-${number}`, room: room.name, text: `n ${number}` });
}

client.onFrame(frame => {
  if (frame.type === 'ack') {
    numbers.set(frame.seq, Number(frame.re.split('-')[1]));
  } else if (frame.type === 'message' && frame.message.answers !== undefined) {
    const room = byName.get(frame.message.room);
    const [, number, version] = /^(\d+) v(\d+)$/.exec(frame.message.text) ?? [];
    if (number === undefined) {
      room?.others.push(frame.message.text);
    } else {
      room?.answers.push({ number: Number(number), version: Number(version) });
    }
  } else if (frame.type === 'handled') {
    const room = byName.get(frame.room);
    if (room) {
      room.handled++;
      times.push(performance.now() - (room.began[numbers.get(frame.seq) ?? 0] ?? NaN));
      numbers.delete(frame.seq);
      if (!isOver) {
        say(room);
      } else if ([...byName.values()].every(({ said, handled }) => handled >= said)) {
        drained();
      }
    }
  }
});

const started = performance.now();
for (const room of byName.values()) {
  for (let i = 0; i < Number(inFlight); i++) {
    say(room);
  }
}
await new Promise(resolve => process.once('message', resolve));
const duration = performance.now() - started;
isOver = true;
await Promise.race([
  new Promise(resolve => (drained = () => resolve(undefined))),
  new Promise(resolve => setTimeout(resolve, PATIENCE))
]);

const result = {
  said: 0,
  rate: 0,
  p50: percentile(times, 50),
  p99: percentile(times, 99),
  lost: 0,
  doubled: 0,
  outOfOrder: 0,
  /** Answers of a version older than one that had answered before. */
  backwards: 0,
  /** @type {string[]} */
  others: []
};
for (const { said, answers, others } of byName.values()) {
  const distinct = new Set(answers.map(({ number }) => number));
  result.said += said;
  result.lost += said - distinct.size;
  result.doubled += answers.length - distinct.size;
  for (const [i, { number, version }] of answers.entries()) {
    const before = answers[i - 1];
    result.outOfOrder += before && number < before.number ? 1 : 0;
    result.backwards += before && version < before.version ? 1 : 0;
  }
  result.others.push(...others.slice(0, 5));
}
result.rate = (result.said / duration) * 1000;
process.send?.(result, () => process.exit());
