import {
  constrainConnectors,
  constrainRooms,
  constrainUsers,
  matchCrontab,
  type Matched,
  type Message
} from '../../../src/skill';
import { testBot, type NamedSkill } from '../../../src/testing';
import type { Case, Facts, Finding } from '../case';
import { firesAt, isSchedule } from './crontab-reference';

/** What opsdroid logs about a skill that throws. */
const EXCEPTION = /^Exception when running skill/;

/** A minute at which nothing else is due. */
const QUIET_MINUTE = '2026-05-06T10:17:00Z';

/** Plays schedules on the engine, with a clock that is turned by hand. */
export async function playCrontab(given: Case): Promise<Finding | undefined> {
  const { crontab, skill, skills } = given.given;
  if (typeof crontab === 'string' && typeof given.input.now === 'string') {
    const expected = given.successor === undefined ? {} : { expected: timesOf(given) };
    const time = new Date(`${given.input.now}Z`).getTime();
    const { ran, rejected } = await tick([{ name: 'skill', crontab }], time, {});
    return { observed: { fires: ran.length > 0, rejected }, ...expected };
  }
  const list = listOf(skills ?? skill);
  if (!list || given.input.tick === undefined) {
    return undefined;
  }
  const time = new Date(QUIET_MINUTE).getTime();
  const { ran, rejected, messages, replies, troubles } = await tick(list, time, given.given);
  return {
    observed: {
      ran,
      rejected,
      // A schedule has no message: nobody said anything, and nowhere.
      event: messages.some(({ text, room }) => text !== '' || room !== '') ? 'a message' : null,
      responses: replies,
      log: (words: string) =>
        EXCEPTION.test(words) && troubles.some(trouble => /^The skill `\w+` failed/.test(trouble))
    },
    ...(given.successor !== undefined && {
      // What is no schedule is turned away when it is loaded, and the others run.
      expected: {
        rejected: list.filter(each => !isUsable(each)).map(({ name }) => name as string),
        ran: list.filter(isUsable).map(({ name }) => name as string)
      }
    })
  };
}

/** The skills of a case that has schedules and nothing else. */
function listOf(skills: unknown): Facts[] | undefined {
  const list = Array.isArray(skills)
    ? (skills as Facts[])
    : [{ name: 'skill', ...(skills as Facts) }];
  return list.every(({ crontab }) => typeof crontab === 'string') ? list : undefined;
}

/** What crontab(5) says where opsdroid's own reading of a schedule counts as a defect. */
function timesOf({ given, input }: Case): Facts {
  const time = new Date(`${input.now}Z`);
  return isSchedule(given.crontab)
    ? { fires: firesAt(given.crontab, time), rejected: [] }
    : { fires: false, rejected: ['skill'] };
}

/** True for what can be due at all, and where. */
function isUsable({ crontab, timezone }: Facts): boolean {
  try {
    void new Intl.DateTimeFormat('en', { timeZone: timezone ?? 'UTC' });
    return isSchedule(crontab);
  } catch {
    return false;
  }
}

interface Ticked {
  ran: string[];
  rejected: string[];
  messages: Message[];
  replies: string[];
  troubles: readonly string[];
}

/** One minute passes, up to a time. */
async function tick(skills: readonly Facts[], time: number, { config }: Facts): Promise<Ticked> {
  const ran: string[] = [];
  const rejected: string[] = [];
  const messages: Message[] = [];
  const usable: NamedSkill[] = [];
  for (const skill of skills) {
    const act = (message: Message): void => {
      ran.push(skill.name);
      messages.push(message);
      if (skill.does === 'throw') {
        throw new Error('a skill of a case throws');
      }
    };
    try {
      usable.push({ name: skill.name, exports: { [skill.name]: declare(skill, act) } });
    } catch {
      rejected.push(skill.name);
    }
  }
  const chat = testBot({
    skills: usable,
    now: time - 30_000,
    ...(config?.timezone && { timezone: config.timezone })
  });
  try {
    await chat.clock.advanceTo(time);
    return { ran, rejected, messages, replies: [...chat.texts], troubles: [...chat.troubles] };
  } finally {
    await chat.close();
  }
}

function declare(
  { crontab, timezone, constraints = [] }: Facts,
  act: (message: Message) => void
): Matched {
  const matched = matchCrontab(crontab, timezone === undefined ? {} : { timezone }, act);
  return (constraints as Facts[]).reduce<Matched>(
    (inner, { rooms, users, connectors, invert = false }) =>
      rooms
        ? constrainRooms(rooms, { invert }, inner)
        : users
          ? constrainUsers(users, { invert }, inner)
          : constrainConnectors(connectors, { invert }, inner),
    matched
  );
}
