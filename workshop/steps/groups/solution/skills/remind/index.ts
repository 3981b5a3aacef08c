import { matchRegex } from 'chatops';

export const remind = matchRegex(
  /^remind (?<who>\w+) to (?<what>.+)$/,
  async (bot, config, message) => {
    const { who, what } = message.match.groups;
    await message.respond(`I will remind ${who} to ${what}.`);
  }
);
