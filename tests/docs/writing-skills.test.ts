import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { examplesOf } from '../support/conversation';
import { isolateEndpoints, RawClient, startBot } from '../support/live-bot';

beforeEach(isolateEndpoints);

const page = readFileSync('docs/writing-skills.md', 'utf8');

/** Each example with the conversation that follows it. */
const examples = examplesOf(page);

test('the page has examples, and each has its conversation', () => {
  expect(examples.length).toBe([...page.matchAll(/```ts/g)].length);
});

test.each(examples)(
  'the skill `$name` does what the page says',
  async ({ name, source, conversation }) => {
    const { endpoint } = await startBot({
      'configuration.yaml': `skills:\n  - name: ${name}\n    path: skill.ts\n`,
      'skill.ts': source
    });
    const client = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
    for (const turn of conversation.split(/^> /m).slice(1)) {
      const [said, ...answers] = turn.trimEnd().split('\n');
      expect([said, ...(await client.ask(said!))]).toEqual([
        said,
        ...answers.map(answer => answer.replace(/^< /, ''))
      ]);
    }
  }
);
