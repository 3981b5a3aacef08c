import { Worker } from 'node:worker_threads';
import { measure } from '../support/workload.mjs';

/**
 * What it costs to have skills in a thread of their own, and nothing else: every message that hits goes to
 * a thread and back twice, for the call and for the reply, as a text of the usual length. The limit of
 * whatever runs skills in another thread and waits for what they say.
 */
const [skills = 10, seconds = 4] = process.argv.slice(2);
const worker = new Worker(
  `const { parentPort } = require('node:worker_threads');
  parentPort.on('message', text => parentPort.postMessage(text));`,
  { eval: true }
);
const frame = JSON.stringify({ type: 'run', invocation: 'x'.repeat(600) });
/** @type {() => void} */
let returned = () => undefined;
let replies = 0;
worker.on('message', () => returned());
const roundTrip = () =>
  new Promise(resolve => {
    returned = () => resolve(undefined);
    worker.postMessage(frame);
  });
const figures = await measure({
  skills: Number(skills),
  seconds: Number(seconds),
  replies: () => replies,
  say: async text => {
    if (text.startsWith('deploy service-')) {
      await roundTrip();
      await roundTrip();
      replies++;
    }
  }
});
console.log(JSON.stringify(figures));
process.exit();
