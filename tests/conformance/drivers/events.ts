import { ChatOpsError } from '../../../src/protocol';
import { events, matchRegex, type Bot, type Message } from '../../../src/skill';
import { testBot, type ConnectorOptions, type TestBot } from '../../../src/testing';
import type { Case, Facts, Finding, Observed } from '../case';

/** What Python raises is an error with a code here. */
const PYTHON_ERROR = /^[A-Z]\w*Error/;

/** What a skill does with the message that is said to it. */
type Act = (message: Message, bot: Bot) => unknown;

/** Looks at events, messages and replies from within a skill. */
export async function playEvents(given: Case): Promise<Finding | undefined> {
  if (given.area !== 'events') {
    return undefined;
  }
  const { given: facts, input } = given;
  const observed =
    (await playEntities(facts, input)) ??
    (await playDelays(given)) ??
    (await playConstructors(given)) ??
    (await playReplies(facts, input));
  return (
    observed && {
      observed,
      ...(given.successor !== undefined && { expected: successorOf(given) })
    }
  );
}

function successorOf({ successor, input, given }: Case): Facts {
  if (/typed accessor/.test(successor!)) {
    const [name, value] = input.update_entity as [string, unknown];
    const all = [given.entities?.[name], value].flat();
    return { first: all[0], all };
  }
  if (/uniform float/.test(successor!)) {
    const [from, to] = given['thinking-delay'] as [number, number];
    return { sleeps_seconds: from + (to - from) / 2 };
  }
  return { 'a rule for': successor };
}

/** What is known about a message, by name. */
async function playEntities(given: Facts, input: Facts): Promise<Observed | undefined> {
  if (!Array.isArray(input.update_entity)) {
    return undefined;
  }
  const [name, value, third] = input.update_entity as [string, unknown, unknown];
  const before = given.entities?.[name] as unknown;
  const appends = /append=true/.test(String(third));
  const values = appends && before !== undefined ? [before, value].flat() : value;
  const confidence = typeof third === 'number' ? { confidence: third } : {};
  let message: Message | undefined;
  const chat = await withSkill(seen => (message = seen));
  await chat.user('user').says('go', { entities: { [name]: values } });
  await chat.close();
  const known = message!.entities[name] as unknown;
  return {
    entities: { [name]: { value: known, ...confidence } },
    [`get_entity('${name}')`]: message!.entity(name),
    first: message!.entity(name),
    all: known
  };
}

/** How long a bot pretends to think and to type. */
async function playDelays({ given, input }: Case): Promise<Observed | undefined> {
  const thinking = given['thinking-delay'] as number | [number, number] | undefined;
  const typing = given['typing-delay'] as number | undefined;
  if (thinking === undefined && typing === undefined) {
    return undefined;
  }
  const isReaction = String(input.respond).startsWith('Reaction');
  const said = isReaction ? '' : String(input.respond);
  let seconds = NaN;
  const chat = await withSkill(
    async message => {
      const began = Date.now();
      await (isReaction ? message.react('👍') : message.respond(said));
      seconds = (Date.now() - began) / 1000;
    },
    {
      delays: {
        ...(thinking !== undefined && { thinking }),
        ...(typing !== undefined && { typing })
      }
    }
  );
  await chat.user('user').says('go');
  await chat.clock.advance('1 hour');
  await chat.close();
  const pause = typeof thinking === 'number' ? thinking : 0;
  return {
    sleeps_seconds: seconds,
    // A reaction has no letters to type.
    sleeps: (words: string) => /thinking delay only/.test(words) && seconds === pause
  };
}

/** What cannot be made or sent is an error with a code, where Python raises. */
async function playConstructors({ given, input }: Case): Promise<Observed | undefined> {
  const [key = ''] = Object.keys(input);
  if (/^\w+\(\)$/.test(key)) {
    const Made = events[key.replace('()', '') as 'File'] as new (media: object) => unknown;
    const neither = refusalOf(() => new Made({}));
    const both = refusalOf(() => new Made({ url: 'x:', data: new Uint8Array() }));
    return { error: (wanted: string) => PYTHON_ERROR.test(wanted) && neither && both };
  }
  if (key === 'Event') {
    let message: Message | undefined;
    const chat = await withSkill(seen => (message = seen));
    const [id, name, room] = input.Event as string[];
    await chat.user(name!, { id: id! }).in(room!).says('go');
    await chat.close();
    return { fields: { user_id: message!.userId, user: message!.user, target: message!.room } };
  }
  if (key === 'send(object())') {
    const refused = await during((_, bot) => bot.fire({} as never));
    return { error: (wanted: string) => PYTHON_ERROR.test(wanted) && refused };
  }
  if (given.connector === 'no handler for Message') {
    // Every connector takes messages; what one does not take is an error.
    const refused = await during((_, bot) => bot.send(new events.BanUser({ user: 'x' })), {
      shows: 'text'
    });
    return { error: (wanted: string) => PYTHON_ERROR.test(wanted) && refused };
  }
  return undefined;
}

/** Where replies go, and what they answer. */
async function playReplies(given: Facts, input: Facts): Promise<Observed | undefined> {
  if ('register_event' in given) {
    class MyEvent extends events.Message {}
    const chat = await withSkill((_, bot) => bot.send(new MyEvent('from a class of its own')));
    await chat.user('user').says('go');
    const handled = chat.texts.includes('from a class of its own');
    await chat.close();
    return { handled };
  }
  if (!given.message || typeof input.respond !== 'string') {
    return undefined;
  }
  const { user, target } = given.message as { user: string; target: string };
  const [, elsewhere] = /target='(\w+)'/.exec(input.respond) ?? [];
  const chat = await withSkill(async (message, bot) => {
    await message.respond('one');
    await message.respond('two');
    if (elsewhere !== undefined) {
      await bot.send('three', { room: elsewhere });
    }
  });
  const turn = await chat.user(user).in(target).says('go');
  await chat.close();
  const answers = turn.replies.map(reply => reply.answers);
  return {
    targets: turn.replies.map(({ room }) => room),
    responded_to: turn.outcome === 'answered',
    'stats.total_responses': (words: string) =>
      words.startsWith('+1 per incoming event') && turn.called.length === 1,
    'reply.linked_event': (words: string) =>
      words === 'the incoming message' && answers[0] === turn.seq && answers[1] === turn.seq
  };
}

async function withSkill(act: Act, connector: Partial<ConnectorOptions> = {}): Promise<TestBot> {
  const go = matchRegex(/^go$/, (bot, _config, message) => act(message, bot));
  const chat = testBot({
    skills: [{ name: 'go', exports: { go } }],
    connectors: [{ name: 'test', ...connector }],
    random: () => 0.5
  });
  await chat.ready;
  return chat;
}

/** True when something a skill does is refused with a code of ours. */
async function during(act: Act, connector: Partial<ConnectorOptions> = {}): Promise<boolean> {
  let refused = false;
  const chat = await withSkill(async (message, bot) => {
    try {
      await act(message, bot);
    } catch (error) {
      refused = error instanceof ChatOpsError;
    }
  }, connector);
  await chat.user('user').says('go');
  await chat.close();
  return refused;
}

function refusalOf(make: () => unknown): boolean {
  try {
    make();
    return false;
  } catch (error) {
    return error instanceof ChatOpsError;
  }
}
