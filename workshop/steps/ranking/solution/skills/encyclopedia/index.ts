import { matchRegex } from 'chatops';

export const about = matchRegex(
  /tell me about (?<what>.+)/,
  { scoreFactor: 0.3, description: 'Look something up.', examples: ['tell me about rivers'] },
  async (bot, config, message) => {
    await message.respond(`I know nothing about ${message.match.groups.what} yet.`);
  }
);
