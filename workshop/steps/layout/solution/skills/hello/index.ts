import { matchRegex } from 'chatops';

export const hello = matchRegex(/hi|hello|hey|hallo/, async (bot, config, message) => {
  const greetings = ['Hi', 'Hello', 'Hey'];
  const greeting = greetings[Math.floor(Math.random() * greetings.length)];
  await message.respond(`${greeting} ${message.user}`);
});

export const bye = matchRegex(/^bye$/, async (bot, config, message) => {
  await message.respond(`Bye ${message.user}`);
});
