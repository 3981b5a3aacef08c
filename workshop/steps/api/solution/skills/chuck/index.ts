import { matchRegex } from 'chatops';

export const chuckFacts = matchRegex(/tell me about Chuck/, async (bot, config, message) => {
  const response = await fetch(`${config['base-url']}/jokes/random`);
  const body = await response.json();
  await message.respond(body.value);
});
