import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { MOST_EXTERNAL } from '../../src/bot/runtime/block-watch';
import { HEAP_LIMIT } from '../../src/bot/runtime/skill-thread-handle';
import { MOST_OWN } from '../../src/bot/runtime/skill-threads';
import { examplesOf } from '../support/conversation';
import { isolateEndpoints, RawClient, startBot } from '../support/live-bot';

beforeEach(isolateEndpoints);

const page = readFileSync('docs/runtime.md', 'utf8');

/** Each example with the conversation that follows it. */
const examples = examplesOf(page);

test('the page has examples, and each has its conversation', () => {
  expect(examples.length).toBe([...page.matchAll(/```ts/g)].length);
  expect(examples.length).toBeGreaterThan(1);
});

test.each(examples)(
  'the skill `$name` does what the page says',
  { timeout: 60_000 },
  async ({ name, source, conversation }) => {
    const { endpoint } = await startBot({
      'configuration.yaml': `skills:\n  - name: ${name}\n    path: skill.ts\n    blocking-timeout: 1\n`,
      'skill.ts': source
    });
    const client = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
    for (const [i, turn] of conversation.split(/^> /m).slice(1).entries()) {
      const [text, expected] = turn.trimEnd().split('\n');
      client.send({ type: 'say', id: String(i), room: 'general', text: text! });
      const { seq } = await client.next('ack', ({ re }) => re === String(i));
      const { message } = await client.next('message', ({ message }) => message.answers === seq);
      expect(message.error ? `! ${message.error.code}` : `< ${message.text}`).toBe(expected);
    }
  }
);

test('the limits are those that hold', () => {
  expect(page).toContain(`| ${HEAP_LIMIT} MB `);
  expect(page).toContain(`| ${MOST_EXTERNAL / 2 ** 20} MB `);
  expect(page).toContain(`up to ${MOST_OWN} of them`);
});
