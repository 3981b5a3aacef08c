import {
  constrainConnectors,
  constrainRooms,
  constrainUsers,
  matchAlways,
  matchCatchall,
  matchEvent,
  matchParse,
  matchRegex,
  type Matched,
  type Message
} from '../../../src/skill';
import { testBot, type NamedSkill, type TestBot, type Turn } from '../../../src/testing';
import type { Case, Facts, Finding, Observed } from '../case';
import { chatSuccessor } from './chat-successor';

/** What opsdroid tells the user of any failure; ours says which skill failed and why. */
export const CANNED_FAILURE = ['Whoops there has been an error.', 'Check the log for details.'];

/** Where a case happens that does not say where. */
const PLACE = { room: 'room', user: 'user', connector: 'rec' };

/** The words of a matcher that are not filters of its event. */
const EVENT_WORDS = ['type', 'event'];

/** Plays skills and something that happens to them, on the engine. */
export async function playChat(given: Case): Promise<Finding | undefined> {
  const { skills } = given.given;
  const { text, event, frames } = given.input;
  const isMessage = text !== undefined || event !== undefined;
  if (!Array.isArray(skills) || !skills.every(isPlayable) || !isMessage || frames) {
    return undefined;
  }
  const observed = await observe(skills as Facts[], given.input);
  return given.successor === undefined
    ? { observed }
    : chatSuccessor(given, observed, changed => observe(changed, given.input));
}

function isPlayable(skill: unknown): boolean {
  return (
    typeof skill === 'object' &&
    skill !== null &&
    Array.isArray((skill as Facts).matchers) &&
    ((skill as Facts).matchers as Facts[]).every(({ type }) => type in MATCHERS)
  );
}

/** What happens when these skills are there and this comes in. */
async function observe(skills: readonly Facts[], input: Facts): Promise<Observed> {
  const seen: Message[] = [];
  const rejected: string[] = [];
  const usable: NamedSkill[] = [];
  for (const skill of skills) {
    try {
      usable.push({ name: skill.name, exports: { [skill.name]: declare(skill, seen) } });
    } catch {
      rejected.push(skill.name);
    }
  }
  const { connector, room } = { ...PLACE, ...input };
  const chat = testBot({
    skills: usable,
    connectors: [{ name: connector ?? PLACE.connector, defaultRoom: room }]
  });
  try {
    await chat.ready;
    // The start of the bot is an event too, and none of the case's.
    seen.length = 0;
    const turn = await bringAbout(chat, input);
    return { ...(await describe(chat, turn, seen, input)), rejected };
  } finally {
    await chat.close();
  }
}

async function bringAbout(chat: TestBot, input: Facts): Promise<Turn> {
  const { room, user } = { ...PLACE, ...input };
  const { text = '', event, entities, connector } = input;
  const what = { type: event ?? 'Message', data: {}, text };
  if (connector === null || event === 'OpsdroidStarted') {
    return chat.fire(what);
  }
  const person = chat.user(user).in(room);
  const details = entities ? { entities } : {};
  return event === undefined ? person.says(text, details) : person.does(what, details);
}

async function describe(
  chat: TestBot,
  turn: Turn,
  seen: readonly Message[],
  input: Facts
): Promise<Observed> {
  const { room, user } = { ...PLACE, ...input };
  const { candidates } = await chat.explain(input.text ?? '', { room, user });
  const possible = candidates.filter(({ excluded }) => excluded === undefined);
  const winner = seen.find(message => message.matches.length > 0) ?? seen[0];
  const replies = chat.replies.flatMap(({ text: said, error }) =>
    error === undefined ? [said] : CANNED_FAILURE
  );
  return {
    ran: turn.called,
    ran_count: seen.length,
    ranking: possible.map(({ skill, score }) => [skill, score]),
    matched: possible.length > 0,
    entities: { ...winner?.entities },
    responses: replies,
    error: undefined
  };
}

/** A skill of a case, with our own matchers. */
function declare({ matchers, constraints = [], does = 'record' }: Facts, seen: Message[]): Matched {
  const act = async (message: Message): Promise<void> => {
    seen.push(message);
    const [verb, words] = String(does).split(/:(.*)/s);
    switch (verb) {
      case 'respond':
        await message.respond(words);
        break;
      case 'react':
        await message.react('👍');
        break;
      case 'throw':
        throw new Error('a skill of a case throws');
      default:
        break;
    }
  };
  const matched = (matchers as Facts[])
    .toReversed()
    .reduce<Matched | typeof act>((inner, matcher) => MATCHERS[matcher.type]!(matcher, inner), act);
  return (constraints as Facts[]).reduce<Matched>(constrain, matched as Matched);
}

type Inner = Matched | ((message: Message) => Promise<void>);

/** Our matchers by the cases' names of opsdroid's. */
const MATCHERS: Readonly<Record<string, (facts: Facts, inner: Inner) => Matched>> = {
  // Where no condition is named, opsdroid anchors at the start and ours searches.
  regex: ({ expression, matching_condition = 'match', case_sensitive, score_factor }, inner) =>
    matchRegex(
      expression,
      { ...options(case_sensitive, score_factor), matchingCondition: matching_condition },
      inner
    ),
  parse: ({ format, matching_condition, case_sensitive, score_factor }, inner) =>
    matchParse(
      format,
      {
        ...options(case_sensitive, score_factor),
        ...(matching_condition && { matchingCondition: matching_condition })
      },
      inner
    ),
  always: (_, inner) => matchAlways(inner),
  catchall: ({ messages_only }, inner) =>
    matchCatchall(messages_only === undefined ? {} : { messagesOnly: messages_only }, inner),
  event: (facts, inner) => {
    const filters = Object.entries(facts).filter(([key]) => !EVENT_WORDS.includes(key));
    return matchEvent(facts.event, { filters: Object.fromEntries(filters) }, inner);
  }
};

function options(
  caseSensitive: boolean | undefined,
  scoreFactor: number | undefined
): { caseSensitive?: boolean; scoreFactor?: number } {
  return {
    ...(caseSensitive !== undefined && { caseSensitive }),
    ...(scoreFactor !== undefined && { scoreFactor })
  };
}

function constrain(matched: Matched, { rooms, users, connectors, invert = false }: Facts): Matched {
  if (rooms) {
    return constrainRooms(rooms, { invert }, matched);
  }
  return users
    ? constrainUsers(users, { invert }, matched)
    : constrainConnectors(connectors, { invert }, matched);
}
