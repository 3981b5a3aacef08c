import { beforeEach, describe, expect, test } from 'vitest';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';

beforeEach(isolateEndpoints);

const OPS = `import { matchRegex, matchCrontab } from 'chatops';
export const restart = matchRegex(/^restart (?<host>\\S+)$/, {
  description: 'Bring a server up again.',
  examples: ['restart web-3'],
  arguments: { host: { choices: ['web-3', 'web-4'] } }
}, () => {});
export const wipe = matchRegex(/^wipe$/, { description: 'Erase everything.', roles: ['ops'] }, () => {});
export const tick = matchCrontab('0 0 1 1 *', () => {});
`;
const SECRET = `import { matchRegex } from 'chatops';
export const launch = matchRegex(/^launch$/, { roles: ['ops'], examples: ['launch'] }, () => {});
`;

async function client(user?: string): Promise<RawClient> {
  const { endpoint } = await startBot({
    'configuration.yaml': `roles:\n  ops: ['jupyter:ann']\nskills:\n  - name: ops\n    path: ops.ts\n  - name: secret\n    path: secret.ts\n  - name: devtools\n`,
    'ops.ts': OPS,
    'secret.ts': SECRET
  });
  const header = encodeURIComponent(JSON.stringify({ id: user, name: user }));
  return RawClient.greeted(endpoint, {}, user === undefined ? {} : { 'x-chatops-user': header });
}

describe('help', () => {
  test('shows what may be said, skill by skill, and nothing that is for others', async () => {
    const [text] = await (await client()).ask('help');
    expect(text!.split('\n\n')[0]).toBe('**ops**\n- `restart web-3`: Bring a server up again.');
    expect(text).toContain('**devtools**');
    expect(text).not.toMatch(/wipe|Erase|launch|secret/);
  });

  test('shows more to those who may do more', async () => {
    const [text] = await (await client('ann')).ask('help');
    expect(text).toContain('- `/^wipe$/`: Erase everything.');
    expect(text).toContain('**secret**\n- `launch`');
  });

  test.each([
    ['the words of a description', 'help SERVER up'],
    ['an argument', 'help web-4'],
    ['a command', 'help restart']
  ])('finds %s', async (_, question) => {
    expect(await (await client()).ask(question)).toEqual([
      '**ops**\n- `restart web-3`: Bring a server up again.\n  - `host`: one of `web-3`, `web-4`'
    ]);
  });

  test('explains a skill by its name, with what it does by itself', async () => {
    const [text] = await (await client('ann')).ask('help ops');
    expect(text).toContain('**ops**: live, version 1, 3 matchers\nIt is loaded from `ops.ts`.');
    expect(text).toContain('- `/^wipe$/`: Erase everything.\n  - Only for ops.');
    expect(text).toContain('- `schedule 0 0 1 1 *`');
    expect(await (await client('ann')).ask('help skill ops')).toEqual([text]);
  });

  test('finds nothing that is for others', async () => {
    const someone = await client();
    for (const word of ['wipe', 'launch', 'secret', 'erase']) {
      expect(await someone.ask(`help ${word}`)).toEqual([
        `Nothing has to do with \`${word}\`. Say \`help\` to see everything.`
      ]);
    }
    expect(await someone.ask('help skill secret')).toEqual(['There is no skill named `secret`.']);
    expect((await someone.ask('help skills'))[0]).not.toContain('secret');
  });

  test('is silent where nothing was asked of it', async () => {
    expect(await (await client()).ask('helpless')).toEqual([]);
    expect(await (await client()).ask('restrat web-3')).toEqual([]);
  });
});
