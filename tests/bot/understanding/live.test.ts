import { beforeEach, expect, test } from 'vitest';
import { FixtureService } from '../../support/fixture-service';
import { luisai, rasanlu, SENTENCE, startService } from '../../support/language-services';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';

beforeEach(isolateEndpoints);

const SKILL = `import { matchLuisaiIntent, matchRegex } from 'chatops';

export const restart = matchLuisaiIntent('restart', async (bot, config, message) => {
  await message.respond(\`Restarting \${message.entities.server}.\`);
});

export const hello = matchRegex(/^hello$/, async (bot, config, message) => {
  await message.respond('Hi!');
});
`;

function files(parsers: string, skill = SKILL): Record<string, string> {
  return {
    'configuration.yaml': `parsers:\n${parsers}skills:\n  - name: servers\n    path: servers.ts\n`,
    'servers.ts': skill,
    '.env': 'AZURE_KEY=0123456789abcdef\n'
  };
}

function azure(url: string): string {
  return `  - name: luisai\n    endpoint: ${url}\n    appid: servers\n    appkey: \${AZURE_KEY}\n`;
}

test('a skill answers what a service understands, with what it found', async () => {
  const service = await startService(luisai);
  const { endpoint } = await startBot(files(azure(service.url)));
  const client = await RawClient.greeted(endpoint);
  expect(await client.ask(SENTENCE)).toEqual(['Restarting web1.']);
});

test('a wrong key is told once, in the room for news, and never shown', async () => {
  const service = await FixtureService.start(() => luisai.error(401, 'Access denied, no 0123'));
  const { endpoint, bot } = await startBot(files(azure(service.url)));
  const client = await RawClient.greeted(endpoint);
  expect(await client.ask('hello')).toEqual(['Hi!']);
  expect(await client.ask('hello')).toEqual(['Hi!']);
  const told = client.frames.filter(frame => JSON.stringify(frame).includes('luisai` failed'));
  expect(told.map(({ type }) => type)).toEqual(['message']);
  expect(JSON.stringify([client.frames, bot.logTail(100)])).not.toContain('0123456789abcdef');
});

test('a parser that cannot work is a warning with its line, and the bot goes on', async () => {
  const { endpoint, bot } = await startBot(
    files('  - name: luisai\n    appid: a\n    appkey: b\n')
  );
  expect(bot.warnings()).toMatchObject([
    { code: 'CHATOPS_PARSER_RETIRED', where: { file: 'configuration.yaml', line: 2 } }
  ]);
  const client = await RawClient.greeted(endpoint);
  expect(await client.ask('hello')).toEqual(['Hi!']);
});

test('Rasa is trained with what lies beside a skill', async () => {
  const service = await startService(rasanlu);
  await startBot({
    ...files(`  - name: rasanlu\n    url: ${service.url}\n    token: thisismysecret\n`),
    'intents.yml': 'nlu:\n  - intent: greet\n    examples: |\n      - hi\n'
  });
  await service.got(2);
  expect(service.requests.map(({ path }) => path)).toEqual(['/model/train', '/model']);
});
