import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { matchCrontab, matchRegex, type Message } from '../../src/skill';
import { recordingToTest, testBot, type RecordedMessage } from '../../src/testing';
import { runTestSource } from '../support/test-source';
import { temporaryFolder } from '../support/temporary-folder';

const SKILL = `
import { matchCrontab, matchRegex } from 'chatops';
export const hello = matchRegex(/^hello$/, message => message.respond(\`It's "\${message.user}"\\nhere\`));
export const deploy = matchRegex(/^deploy (?<service>\\w+)$/, { confirm: 'Deploy {service}?' }, message =>
  message.respond(message.match.groups.service + ' is live'));
export const tick = matchCrontab('0 * * * *', async (bot, config) => { await bot.send('tick'); });
`;

test('a conversation becomes a test that passes, and fails once the skill says something else', async () => {
  const root = temporaryFolder({ 'skills/demo/index.ts': SKILL });
  const chat = testBot({ root, skills: ['demo'] });
  onTestFinished(() => chat.close());
  const ann = chat.user('ann');
  await ann.says('hello');
  await ann.in('ops').says('deploy web');
  await ann.in('ops').presses('Yes');
  await chat.user('ben').says('what?');
  await chat.clock.advance('1 hour');
  const source = chat.toTest({ name: `ann's morning` });
  expect(source).toBe(
    [
      `import { test } from 'node:test';`,
      `import { testBot } from 'chatops/testing';`,
      ``,
      `test('ann\\'s morning', async () => {`,
      `  const chat = testBot({ skills: ['demo'] });`,
      `  await chat.user('ann').says('hello');`,
      `  chat.expectReply('It\\'s "ann"\\nhere');`,
      `  await chat.user('ann').in('ops').says('deploy web');`,
      `  chat.expectReply('Deploy web?\\nAnswer with: yes, no');`,
      `  await chat.user('ann').in('ops').presses('yes');`,
      `  chat.expectReply('web is live');`,
      `  await chat.user('ben').says('what?');`,
      `  chat.expectNoReply();`,
      `  await chat.clock.advance('60 minutes');`,
      `  chat.expectReply('tick');`,
      `  await chat.close();`,
      `});`,
      ``
    ].join('\n')
  );
  expect(await runTestSource(source, root)).toEqual([`ann's morning`]);
  writeFileSync(path.join(root, 'skills/demo/index.ts'), SKILL.replace('is live', 'is dead'));
  await expect(runTestSource(source, root)).rejects.toThrow('Expected the reply "web is live".');
});

const message = (seq: number, more: Partial<RecordedMessage>): RecordedMessage => ({
  seq,
  room: 'general',
  connector: 'panel',
  user: { id: 'u1', name: 'Ann' },
  text: '',
  time: seq,
  ...more
});

test('names people by what they are called, and tells apart two of one name', () => {
  const source = recordingToTest(
    [
      message(1, { text: 'hi' }),
      message(2, { text: 'hi', user: { id: 'u2', name: 'Ann' } }),
      message(3, { text: '', event: { type: 'Reaction', data: { emoji: '👍' }, target: 1 } }),
      message(4, { text: '', event: { type: 'JoinRoom', data: {} } })
    ],
    { skills: ['skills/a'], framework: 'vitest' }
  );
  expect(source).toContain(`import { test } from 'vitest';\n`);
  expect(source).toContain(`import { events } from 'chatops';\n`);
  expect(source).toContain(`testBot({ skills: ['skills/a'] })`);
  expect(source).toContain(`chat.user('Ann', { id: 'u1' }).says('hi');`);
  expect(source).toContain(`chat.user('u2').says('hi');`);
  expect(source).toContain(`.reacts('👍');`);
  expect(source).toContain(`.does(new events.JoinRoom());`);
});

test('leaves out what the bot says about itself, and expects several answers in their order', () => {
  const bot = { id: 'bot', name: 'bot', bot: true };
  const source = recordingToTest([
    message(3, { user: bot, text: 'two', skill: 'demo', answers: 1 }),
    message(2, { user: bot, text: 'one', skill: 'demo', answers: 1 }),
    message(1, { text: 'go' }),
    message(4, { user: bot, text: 'reloaded', notice: 'info' })
  ]);
  expect(source).toContain(`chat.expectReplies([\n    'one',\n    'two'\n  ]);`);
  expect(source).not.toContain('reloaded');
});

test('what is written here by hand works the same', async () => {
  const chat = testBot({
    skills: [
      matchRegex(/x/, (message: Message) => message.respond('y')),
      matchCrontab('* * * * *', () => undefined)
    ]
  });
  onTestFinished(() => chat.close());
  await chat.user('ann').says('x');
  chat.expectReplies(['y']);
});
