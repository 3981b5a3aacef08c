import { openSocket } from './client.mjs';
import { dialects } from './dialects.mjs';
import { percentile } from './statistics.mjs';
import { conversation } from './workload.mjs';

/**
 * Someone who says the workload W through a websocket and keeps so many messages waiting for their end.
 * A process of its own, as a browser is.
 */
const [url = '', name = 'echo', skills = 100, inFlight = 32, seconds = 3] = process.argv.slice(2);
const { hello, say, read, replies } =
  dialects[/** @type {import('./dialects.mjs').DialectName} */ (name)]();
const { texts } = conversation(Number(skills), 10_000);
const socket = await openSocket(url);

if (hello) {
  await new Promise(resolve => {
    socket.once('message', resolve);
    socket.send(JSON.stringify(hello));
  });
}

/** When each message that waits was said. @type {Map<string, number>} */
const waiting = new Map();
/** @type {number[]} */
let times = [];
let said = 0;
let hits = 0;
let replied = 0;
let isOver = false;
/** @type {() => void} */
let drained = () => undefined;

function next() {
  // Whoever says something with the same id again is taken to repeat it.
  const id = `${process.pid}-${said}`;
  hits += said % 5 === 4 ? 1 : 0;
  waiting.set(id, performance.now());
  socket.send(JSON.stringify(say(id, /** @type {string} */ (texts[said++ % texts.length]))));
}

socket.on('message', data => {
  const news = read(JSON.parse(String(data)));
  if (news === 'reply') {
    replied++;
  } else if (news) {
    times.push(performance.now() - (waiting.get(news.done) ?? NaN));
    waiting.delete(news.done);
    if (!isOver) {
      next();
    } else if (waiting.size === 0) {
      drained();
    }
  }
});

const pause = (/** @type {number} */ seconds) =>
  new Promise(resolve => setTimeout(resolve, seconds * 1000));

for (let i = 0; i < Number(inFlight); i++) {
  next();
}
await pause(Number(seconds) / 2);
times = [];
const began = performance.now();
await pause(Number(seconds));
const measured = times;
const duration = performance.now() - began;
isOver = true;
await new Promise(resolve => {
  drained = () => resolve(undefined);
});
if (replies && replied !== hits) {
  throw new Error(`${replied} replies to ${hits} commands`);
}
console.log(
  JSON.stringify({
    rate: (measured.length / duration) * 1000,
    p50: percentile(measured, 50),
    p99: percentile(measured, 99),
    messages: measured.length
  })
);
process.exit();
