import { matchRegex } from 'chatops';

export const hello = matchRegex(/hi|hello|hey|hallo/, async (bot, config, message) => {
  const greetings = ['Hi', 'Hello', 'Hey'];
  const greeting = greetings[Math.floor(Math.random() * greetings.length)];
  await message.respond(`${greeting} ${message.user}`);
});
