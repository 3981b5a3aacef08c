import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { testBot, type Person, type TestBot, type TestBotOptions } from '../../src/testing';

/** A skill that a page shows, and the conversation that follows it there. */
interface Example {
  name: string;
  source: string;
  conversation: string;
}

/** A line that begins something, with the answers below it. */
interface Turn {
  who?: string;
  said?: string;
  happens?: string;
  answers: string[];
}

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
  const examples = [...page.matchAll(/```ts (\w+)\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)].map(
    ([, name, source, conversation]): Example => ({
      name: name!,
      source: source!,
      conversation: conversation!
    })
  );

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

function turnsOf(conversation: string): Turn[] {
  const turns: Turn[] = [];
  for (const line of conversation.trimEnd().split('\n')) {
    const [, who, said] = /^(\w*)> (.*)$/.exec(line) ?? [];
    if (said !== undefined) {
      turns.push({ who: who === '' ? 'Ann' : who!, said, answers: [] });
    } else if (line.startsWith('* ')) {
      turns.push({ happens: line.slice(2), answers: [] });
    } else if (line.startsWith('< ')) {
      turns.at(-1)!.answers.push(line.slice(2));
    } else {
      const { answers } = turns.at(-1)!;
      answers.push(`${answers.pop()!}\n${line.slice(2)}`);
    }
  }
  return turns;
}

async function take(chat: TestBot, { who, said, happens = '' }: Turn): Promise<unknown> {
  if (said !== undefined) {
    return chat.user(who!).says(said);
  }
  const [, later] = /^(.*) later$/.exec(happens) ?? [];
  const [, presser, button] = /^(\w+) presses (.*)$/.exec(happens) ?? [];
  const [, person, event] = /^(\w+) brings about (\w+)$/.exec(happens) ?? [];
  const [, hook, json] = /^POST (\w+) (.*)$/.exec(happens) ?? [];
  if (later !== undefined) {
    return chat.clock.advance(later);
  }
  if (presser !== undefined) {
    return chat.user(presser).presses(button!);
  }
  if (person !== undefined) {
    const what: Parameters<Person['does']>[0] = { type: event!, data: {} };
    return chat.user(person).does(what);
  }
  if (hook !== undefined) {
    return chat.webhook(hook, { json: JSON.parse(json!) as unknown });
  }
  throw new Error(`nobody knows what this means: ${happens}`);
}
