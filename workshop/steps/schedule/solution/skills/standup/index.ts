import { matchCrontab } from 'chatops';

export const standup = matchCrontab('0 9 * * mon-fri', async (bot, config, message) => {
  await message.respond('Stand-up! What are you at today?');
});
