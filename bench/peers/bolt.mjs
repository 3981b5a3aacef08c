import { createRequire } from 'node:module';
import path from 'node:path';
import { measure, patternOf } from '../support/workload.mjs';

/** Bolt with a Slack that only counts; events enter by `app.processEvent`. */
const [skills = 10, seconds = 4, folder = '.'] = process.argv.slice(2);
const require = createRequire(path.resolve(String(folder), 'package.json'));
const boltRequire = createRequire(require.resolve('@slack/bolt'));
/** @type {any} */
const { App, LogLevel } = require('@slack/bolt');
/** @type {any} */
const { WebClient } = boltRequire('@slack/web-api');
let replies = 0;
WebClient.prototype.apiCall = async () => {
  replies++;
  return { ok: true };
};
const app = new App({
  logLevel: LogLevel.ERROR,
  authorize: async () => ({ botToken: 'none', botId: 'B1', botUserId: 'U1', teamId: 'T1' }),
  receiver: { init: () => undefined, start: async () => undefined, stop: async () => undefined }
});
for (let i = 0; i < Number(skills); i++) {
  app.message(new RegExp(patternOf(i), 'i'), async (/** @type {any} */ { say, context }) => {
    await say(`Deploying service-${i} to ${context.matches[1]}`);
  });
}
let said = 0;
const figures = await measure({
  skills: Number(skills),
  seconds: Number(seconds),
  replies: () => replies,
  say: text => {
    const ts = `${++said}.0`;
    const event = { type: 'message', channel: 'C1', channel_type: 'channel', user: 'U2', text, ts };
    const body = { type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event };
    return app.processEvent({ body, ack: async () => undefined });
  }
});
console.log(JSON.stringify(figures));
process.exit();
