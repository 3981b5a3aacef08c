import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import * as chatops from '../../src/skill';
import { testBot, type Person, type TestBot } from '../../src/testing';

const page = readFileSync('docs/porting.md', 'utf8');

/** Each example with the conversation that follows it. */
const examples = [...page.matchAll(/```ts (\w+)\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, name, source, conversation]) => ({
    name: name!,
    source: source!,
    conversation: conversation!
  })
);

/** A line that begins something, with the answers below it. */
interface Turn {
  who?: string;
  said?: string;
  happens?: string;
  answers: string[];
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

test('the page has examples, and each has its conversation', () => {
  expect(examples.length).toBeGreaterThan(12);
  expect(examples.length).toBe([...page.matchAll(/```ts/g)].length);
});

test.each(examples)('the skill `$name` does what the page says', async example => {
  const { name, source, conversation } = example;
  const chat = testBot({ skills: [{ name, source }] });
  onTestFinished(() => chat.close());
  for (const turn of turnsOf(conversation)) {
    await take(chat, turn);
    expect({ ...turn, answers: chat.texts }).toEqual(turn);
  }
});

test('every matcher and constraint that skills can import is named', () => {
  const names = Object.keys(chatops).filter(name => /^(?:match|constrain)[A-Z]/.test(name));
  // The third constraint reads like the other two.
  expect(names.filter(name => !page.includes(name) && name !== 'constrainConnectors')).toEqual([]);
});
