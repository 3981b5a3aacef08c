import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { Configuration } from '../../src/bot/config';
import { databaseSchemas, openMemory, UnavailableMemory } from '../../src/bot/memory';
import type { ErrorRecord } from '../../src/protocol';
import { examplesOf } from '../support/conversation';
import { isolateEndpoints, RawClient, startBot } from '../support/live-bot';
import { temporaryFolder } from '../support/temporary-folder';

beforeEach(isolateEndpoints);

const page = readFileSync('docs/memory.md', 'utf8');

/** Each example with the conversation that follows it. */
const examples = examplesOf(page);

/** What the relay says of the person it speaks for. */
function speaking(name: string): Record<string, string> {
  return { 'x-chatops-user': encodeURIComponent(JSON.stringify({ id: name.toLowerCase(), name })) };
}

test('the page has examples, and each has its conversation', () => {
  expect(examples.length).toBe([...page.matchAll(/```ts/g)].length);
  expect(examples.length).toBeGreaterThan(4);
});

test.each(examples)(
  'the skill `$name` does what the page says',
  async ({ name, source, conversation }) => {
    let { bot, endpoint, workspace } = await startBot({
      'configuration.yaml': `skills:\n  - name: ${name}\n    path: skill.ts\n`,
      'skill.ts': source
    });
    const turns = conversation.split(/^(?=\w*> |\()/m);
    expect(turns.length).toBeGreaterThan(2);
    for (const turn of turns) {
      const [said, ...answers] = turn.trimEnd().split('\n');
      if (said === '(the bot is started again)') {
        await bot.stop('the page says so');
        ({ bot, endpoint, workspace } = await startBot({}, { workspace }));
        continue;
      }
      const [, name, text] = /^(\w*)> (.*)$/.exec(said!)!;
      const client = await RawClient.greeted(endpoint, {}, speaking(name || 'Ann'));
      expect([said, ...(await client.ask(text!))]).toEqual([
        said,
        ...answers.map(answer => answer.replace(/^< /, ''))
      ]);
      client.terminate();
    }
  }
);

describe('the databases', () => {
  /** Each of them has a heading, an example and a table of its keys. */
  const sections = Object.keys(databaseSchemas).map(name => {
    const [, rest = ''] = page.split(`\n### ${name}\n`);
    return [name, rest.split(/\n##+ /)[0]!] as const;
  });

  test.each(sections)('%s is shown as it is configured', async (name, section) => {
    const yaml = /```yaml\n([\s\S]*?)```/.exec(section)![1]!;
    const variables = Object.fromEntries(
      [...yaml.matchAll(/\$\{(\w+)\}/g)].map(match => [match[1]!, 'a-secret-of-the-test'])
    );
    const { values, errors, warnings } = Configuration.parse(yaml, 'configuration.yaml', variables);
    const troubles: ErrorRecord[] = [];
    const store = await openMemory(values.databases, {
      workspace: temporaryFolder(),
      packageFolders: [process.cwd()],
      onTrouble: error => troubles.push(error)
    });
    onTestFinished(() => store.close());
    expect([errors, warnings, troubles]).toEqual([[], [], []]);
    expect(store).not.toBeInstanceOf(UnavailableMemory);
    expect(values.databases.map(database => database.name)).toEqual([name]);
  });

  test.each(sections)(
    '%s has each of its keys explained, with the default it has',
    (name, section) => {
      const { shape } = databaseSchemas[name as keyof typeof databaseSchemas];
      const { name: _, enabled: __, ...keys } = shape;
      const rows = [...section.matchAll(/^\| `(\w+)` +\| (?:`(.*?)`)? *\|/gm)];
      expect(new Set(rows.map(([, key]) => key))).toEqual(new Set(Object.keys(keys)));
      const defaults = databaseSchemas[name as 'redis'].parse({ name }) as Record<string, unknown>;
      for (const [, key, shown] of rows) {
        // Where a path is not given, it depends on the workspace.
        if (key !== 'path') {
          expect([key, shown]).toEqual([
            key,
            defaults[key!] === undefined ? undefined : String(defaults[key!])
          ]);
        }
      }
    }
  );
});
