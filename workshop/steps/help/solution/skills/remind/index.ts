import { matchRegex } from 'chatops';

export const remind = matchRegex(
  /^remind (?<who>\w+) to (?<what>.+)$/,
  {
    description: 'Remind someone of something.',
    examples: ['remind Ann to water the plants', 'remind Bob to call home']
  },
  async (bot, config, message) => {
    const { who, what } = message.match.groups;
    await message.respond(`I will remind ${who} to ${what}.`);
  }
);
