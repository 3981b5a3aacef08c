import { matchRegex } from 'chatops';

export const restart = matchRegex(
  /^restart (?<server>web-\d)$/,
  { confirm: 'Restart {server} now? Whoever is on it is cut off.' },
  async (bot, config, message) => {
    await message.respond(`${message.match.groups.server} has been restarted.`);
  }
);
