/**
 * The workload W of `bench/README.md`: N skills that each understand one sentence, and a person who
 * says such a sentence every fifth time and chats otherwise.
 */

/** What people say to each other while a bot listens. */
const CHATTER = [
  'good morning everyone',
  'the build looks fine to me',
  'has anyone seen the error in the staging logs?',
  'I will be back after lunch',
  'deploying tomorrow is better than today',
  'can you have a look at my change when you find the time?',
  'thanks!',
  'who is on call this week'
];

/** The pattern of skill `i`, ignoring case; without slashes. */
export function patternOf(/** @type {number} */ i) {
  return `^deploy service-${i} to (\\w+)$`;
}

/** A number from 0 up to and without 1, the same sequence for the same seed (mulberry32). */
export function randomFrom(/** @type {number} */ seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * What is said, in order.
 *
 * @param {number} skills
 * @param {number} count
 * @returns {{ texts: string[], hits: number }}
 */
export function conversation(skills, count) {
  const random = randomFrom(skills);
  const texts = [];
  let hits = 0;
  for (let i = 0; i < count; i++) {
    if (i % 5 === 4) {
      hits++;
      texts.push(`deploy service-${Math.floor(random() * skills)} to production`);
    } else {
      texts.push(/** @type {string} */ (CHATTER[Math.floor(random() * CHATTER.length)]));
    }
  }
  return { texts, hits };
}

/**
 * @typedef {object} Measured
 * @property {number} rate - messages a second
 * @property {number} p50 - milliseconds
 * @property {number} p99 - milliseconds
 * @property {number} cpu - microseconds of processor time for each message, all threads together
 * @property {number} rss - MB
 * @property {number} messages
 */

/**
 * Says everything, one message at a time, for about so many seconds, after a warm-up of as many, two at most.
 *
 * @param {{ skills: number, seconds: number, say: (text: string) => Promise<unknown>, replies: () => number }} parts
 * @returns {Promise<Measured>}
 */
export async function measure({ skills, seconds, say, replies }) {
  const { texts } = conversation(skills, 10_000);
  const talk = async (
    /** @type {number} */ limit,
    /** @type {Float64Array | undefined} */ times
  ) => {
    const began = performance.now();
    const cpu = process.cpuUsage();
    const before = replies();
    let i = 0;
    let hits = 0;
    for (; performance.now() - began < limit * 1000 && i < (times?.length ?? Infinity); i++) {
      const text = /** @type {string} */ (texts[i % texts.length]);
      hits += i % 5 === 4 ? 1 : 0;
      const start = performance.now();
      await say(text);
      if (times) {
        times[i] = performance.now() - start;
      }
    }
    const duration = performance.now() - began;
    if (replies() - before !== hits) {
      throw new Error(`${replies() - before} replies to ${hits} commands`);
    }
    const { user, system } = process.cpuUsage(cpu);
    return { count: i, duration, busy: (user + system) / i };
  };
  await talk(Math.min(2, seconds), undefined);
  const times = new Float64Array(2_000_000);
  const { count, duration, busy } = await talk(seconds, times);
  const sorted = times.subarray(0, count).sort();
  return {
    rate: Math.round((count / duration) * 1000),
    p50: at(sorted, 0.5),
    p99: at(sorted, 0.99),
    cpu: Number(busy.toPrecision(3)),
    rss: Math.round(process.memoryUsage.rss() / 2 ** 20),
    messages: count
  };
}

/**
 * @param {Float64Array} sorted
 * @param {number} part
 */
function at(sorted, part) {
  return Number((sorted[Math.floor(sorted.length * part)] ?? NaN).toPrecision(3));
}
