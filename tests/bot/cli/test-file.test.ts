import { expect, test } from 'vitest';
import { chatops } from '../../support/command';
import { temporaryFolder } from '../../support/temporary-folder';

const files = {
  'configuration.yaml': 'skills: []\n',
  'skills/hello/index.ts': `import { matchRegex } from 'chatops';
export const hello = matchRegex(/^hello$/, (bot, config, message) => message.respond('Hi'));
`,
  'tests/good.test.ts': `import { test } from 'node:test';
import { testBot } from 'chatops/testing';
test('says hi', async () => {
  const chat = testBot({ skills: ['hello'] });
  await chat.user('ann').says('hello');
  chat.expectReply('Hi');
});
`,
  'tests/bad.test.ts': `import { test } from 'node:test';
import { testBot } from 'chatops/testing';
test('says hallo', async () => {
  const chat = testBot({ skills: ['hello'] });
  await chat.user('ann').says('hello');
  chat.expectReply('Hallo');
});
`
};

test(
  'files of tests are run in the terminal, and say how it went',
  { timeout: 60_000 },
  async () => {
    const cwd = temporaryFolder(files);
    const good = await chatops(['test', 'tests/good.test.ts'], { cwd });
    expect([good.code, good.output]).toEqual([0, expect.stringContaining('says hi')]);
    const bad = await chatops(['test', 'tests/good.test.ts', 'tests/bad.test.ts'], { cwd });
    expect([bad.code, bad.output]).toEqual([
      1,
      expect.stringContaining('Expected the reply "Hallo"')
    ]);
  }
);
