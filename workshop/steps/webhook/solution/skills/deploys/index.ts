import { matchWebhook } from 'chatops';

export const deployed = matchWebhook('deployed', async (bot, config, message) => {
  const { service, version } = message.request.json() as { service: string; version: string };
  await message.respond(`${service} ${version} is live.`);
  return { thanks: true };
});
