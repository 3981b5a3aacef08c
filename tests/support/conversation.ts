import type { Person, TestBot } from '../../src/testing';

/** A skill that a page of the documentation shows, and the conversation that follows it there. */
export interface Example {
  name: string;
  source: string;
  conversation: string;
}

/** The skills of a page. */
export function examplesOf(page: string): Example[] {
  const skills = page.matchAll(/```ts (\w+)\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g);
  return [...skills].map(([, name, source, conversation]) => ({
    name: name!,
    source: source!,
    conversation: conversation!
  }));
}

/** A line that begins something, with the answers below it. */
export interface Turn {
  who?: string;
  said?: string;
  happens?: string;
  answers: string[];
}

/** The turns of a conversation: `> said`, `ben> said by Ben`, `* Ann presses Yes`, `< answered`. */
export function turnsOf(conversation: string): Turn[] {
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

/** Lets the first line of a turn happen. */
export async function take(chat: TestBot, { who, said, happens = '' }: Turn): Promise<unknown> {
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
