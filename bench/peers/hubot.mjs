import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { measure, patternOf } from '../support/workload.mjs';

/** Hubot with an adapter that only counts; messages enter by `robot.receive`. */
const [skills = 10, seconds = 4, folder = '.'] = process.argv.slice(2);
process.env.HUBOT_LOG_LEVEL = 'error';
const require = createRequire(path.resolve(String(folder), 'package.json'));
/** @type {any} */
const hubot = await import(pathToFileURL(require.resolve('hubot')).href);
const { Adapter, Robot, TextMessage, User } = hubot;
let replies = 0;
class Null extends /** @type {new (robot: any) => any} */ (Adapter) {
  async send() {
    replies++;
  }

  async run() {
    this.emit('connected');
  }
}
const robot = new Robot(
  { use: (/** @type {any} */ robot) => new Null(robot), name: 'null' },
  false,
  'bot'
);
await robot.loadAdapter();
for (let i = 0; i < Number(skills); i++) {
  robot.hear(new RegExp(patternOf(i), 'i'), (/** @type {any} */ response) =>
    response.send(`Deploying service-${i} to ${response.match[1]}`)
  );
}
const user = new User('ann', { name: 'Ann', room: 'general' });
let said = 0;
const figures = await measure({
  skills: Number(skills),
  seconds: Number(seconds),
  replies: () => replies,
  say: text => robot.receive(new TextMessage(user, text, String(said++)))
});
console.log(JSON.stringify(figures));
process.exit();
