import { createRequire } from 'node:module';
import path from 'node:path';
import { measure, patternOf } from '../support/workload.mjs';

/** grammY with an API that only counts; updates enter by `bot.handleUpdate`. */
const [skills = 10, seconds = 4, folder = '.'] = process.argv.slice(2);
const require = createRequire(path.resolve(String(folder), 'package.json'));
/** @type {any} */
const { Bot } = require('grammy');
let replies = 0;
const me = { id: 1, is_bot: true, first_name: 'bot', username: 'bot' };
const bot = new Bot('1:none', { botInfo: me });
bot.api.config.use(async () => {
  replies++;
  return { ok: true, result: {} };
});
for (let i = 0; i < Number(skills); i++) {
  bot.hears(new RegExp(patternOf(i), 'i'), (/** @type {any} */ context) =>
    context.reply(`Deploying service-${i} to ${context.match[1]}`)
  );
}
const from = { id: 2, is_bot: false, first_name: 'Ann' };
const chat = { id: 3, type: 'group', title: 'general' };
let said = 0;
const figures = await measure({
  skills: Number(skills),
  seconds: Number(seconds),
  replies: () => replies,
  say: text => {
    said++;
    return bot.handleUpdate({
      update_id: said,
      message: { message_id: said, date: said, from, chat, text }
    });
  }
});
console.log(JSON.stringify(figures));
process.exit();
