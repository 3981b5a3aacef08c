import { describe, expect, test } from 'vitest';
import { runTestFile } from '../../../src/bot/test-files';
import { programs } from '../../support/live-bot';
import { temporaryFolder } from '../../support/temporary-folder';

const HELLO = `import { matchRegex } from 'chatops';
export const hello = matchRegex(/^hello$/, async (bot, config, message) => {
  await message.respond(\`Hi \${message.user}\`);
});
`;

function workspace(source: string): string {
  return temporaryFolder({ 'skills/hello/index.ts': HELLO, 'tests/a.test.ts': source });
}

const run = (source: string) => runTestFile(programs, workspace(source), 'tests/a.test.ts');

describe('a file of tests', () => {
  test('is run with the skills of the folder, and each test is counted', async () => {
    const result = await run(`import { describe, test } from 'node:test';
import { testBot } from 'chatops/testing';
import type { TestBot } from 'chatops/testing';

describe('hello', () => {
  test('answers', async () => {
    const chat: TestBot = testBot({ skills: ['hello'] });
    await chat.user('ann').says('hello');
    chat.expectReply('Hi ann');
    console.log('chatops-test is no line of the report');
  });
  test('answers everyone', async () => {
    const chat = testBot({ skills: ['hello'] });
    await chat.user('ben').says('hello');
    chat.expectReply('Hi ann');
  });
});
`);
    expect(result).toEqual({
      passed: 1,
      failed: 1,
      problem: 'answers everyone: Expected the reply "Hi ann".'
    });
  });

  test('that does not load says why', async () => {
    const { passed, failed, problem } = await run('await await (');
    expect([passed, failed]).toEqual([0, 0]);
    expect(problem).toMatch(/a\.test\.ts/);
  });

  test('may use matchers of its own', async () => {
    const result = await run(`import { test } from 'node:test';
import { matchRegex } from 'chatops';
import { testBot } from 'chatops/testing';

test('a matcher by itself', async () => {
  const chat = testBot({ skills: [matchRegex(/^a$/, (bot, config, message) => message.respond('b'))] });
  await chat.user('ann').says('a');
  chat.expectReplies(['b']);
});
`);
    expect(result).toEqual({ passed: 1, failed: 0 });
  });
});
