import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { testBot } from '../../src/testing';
import { take, turnsOf } from '../support/conversation';

const page = readFileSync('docs/acting-safely.md', 'utf8');

/** Each example with the conversation that follows it. */
const examples = [...page.matchAll(/```ts (\w+)\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, name, source, conversation]) => ({
    name: name!,
    source: source!,
    conversation: conversation!
  })
);

test('the page has examples, and each has its conversation', () => {
  expect(examples.length).toBe(4);
  expect(examples.length).toBe([...page.matchAll(/```ts/g)].length);
});

test.each(examples)('the skill `$name` does what the page says', async example => {
  const { name, source, conversation } = example;
  const chat = testBot({ skills: [{ name, source }], roles: { ops: ['carl'] } });
  onTestFinished(() => chat.close());
  for (const turn of turnsOf(conversation)) {
    await take(chat, turn);
    expect({ ...turn, answers: chat.texts }).toEqual(turn);
  }
});
