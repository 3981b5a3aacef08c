import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { webSchema } from '../../src/bot/config';
import { isolateEndpoints, startBot } from '../support/live-bot';

beforeEach(isolateEndpoints);

const page = readFileSync('docs/web-server.md', 'utf8');
const hasTools = ['curl', 'openssl'].every(
  tool => spawnSync(tool, ['version']).error === undefined
);

/** Each `$ command`, and what stands below it. */
const commands = [...page.matchAll(/```console\n([\s\S]*?)```/g)].flatMap(([, block]) =>
  block!
    .split(/^\$ /m)
    .slice(1)
    .map(text => {
      const lines = text.trimEnd().split('\n');
      // A command goes on for as long as its quotes are open.
      let length = 1;
      while (lines.slice(0, length).join('').split('"').length % 2 === 0) {
        length++;
      }
      return [lines.slice(0, length).join('\n'), lines.slice(length).join('\n')] as const;
    })
);

/** The files that the page shows, by the names it gives them. */
const files = Object.fromEntries(
  [...page.matchAll(/```\w+ (\S+)\n([\s\S]*?)```/g)].map(([, name, text]) => [name!, text!])
);

test.skipIf(!hasTools)('every command does what the page says', async () => {
  const secrets = { BOT_TOKEN: 'a-token-of-the-bot', GITHUB_SECRET: 'a-secret-of-github' };
  Object.assign(process.env, secrets);
  onTestFinished(() => Object.keys(secrets).forEach(name => delete process.env[name]));
  const { bot } = await startBot({
    ...files,
    'configuration.yaml': files['configuration.yaml']!.replace('web:\n', 'web:\n  port: 0\n')
  });
  expect(bot.warnings()).toEqual([]);
  expect(commands.length).toBeGreaterThan(5);
  const env = { ...process.env, ...secrets, BOT: bot.webAddress()!.url };
  for (const [command, output] of commands) {
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });
    expect([command, stdout.trimEnd()]).toEqual([command, output]);
  }
});

describe('the page explains', () => {
  test.each(Object.keys(webSchema.shape))('`%s`', key => {
    expect(readFileSync('docs/configuration.md', 'utf8') + page).toContain(key);
  });

  test('every metric', async () => {
    const { bot } = await startBot({ 'configuration.yaml': 'web:\n  port: 0\n' });
    const text = await (await fetch(`${bot.webAddress()!.url}/metrics`)).text();
    const names = [...text.matchAll(/^# TYPE (chatops_\w+)/gm)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      expect(page).toContain(`\`${name}\``);
    }
  });
});
