import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { testBot, type TestBotOptions } from '../../src/testing';
import { examplesOf, take, turnsOf } from './conversation';

/**
 * Tests a page of the documentation: each skill is followed by a conversation, and does what that says.
 *
 * `> text` is said by Ann and `ben> text` by someone else, `* …` is something that happens, `< text` is
 * answered, and a line with neither goes on with the answer above it.
 *
 * @param options - who holds which role, and the like.
 * @returns the page's text.
 */
export function describePage(file: string, options: Omit<TestBotOptions, 'skills'> = {}): string {
  const page = readFileSync(file, 'utf8');
  const examples = examplesOf(page);

  test('the page has examples, and each has its conversation', () => {
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.length).toBe([...page.matchAll(/```ts/g)].length);
  });

  test.each(examples)('the skill `$name` does what the page says', async example => {
    const { name, source, conversation } = example;
    const chat = testBot({ ...options, skills: [{ name, source }] });
    onTestFinished(() => chat.close());
    for (const turn of turnsOf(conversation)) {
      await take(chat, turn);
      expect({ ...turn, answers: chat.texts }).toEqual(turn);
    }
  });

  return page;
}
