import type { z } from 'zod/mini';
import type { ChatMessage, Outcome } from '../../protocol';
import type { saidSchema } from '../condition';
import type { Exchange, World } from '../world';
import { finding, met, unmet, type Finding } from './finding';

type Said = z.infer<typeof saidSchema>;

/** Whether something was said, and something came of it. */
export function checkSaid(said: Said, world: World): Finding {
  const fitting = world.exchanges.filter(exchange => fits(said, exchange, world));
  if (fitting.length >= (said.minimum ?? 1)) {
    return met;
  }
  const last = world.exchanges.findLast(({ message }) => isByLearner(message, said, world));
  return unmet({
    text: last?.message.text ?? '',
    got: last?.handled?.skill ?? '',
    count: String(fitting.length)
  });
}

/** Whether the bot said something unasked. */
export function checkPosted(
  {
    skill,
    text,
    minimum = 1
  }: { skill: string; text?: string | undefined; minimum?: number | undefined },
  { posts }: World
): Finding {
  const fitting = posts.filter(
    post => post.skill === skill && (text === undefined || matches(text, post.text))
  );
  return finding(fitting.length >= minimum);
}

/** Whether an outcome is the one, or one of those, that are meant. */
export function isOutcome(
  wanted: Outcome | readonly Outcome[],
  outcome: Outcome | undefined
): boolean {
  return outcome !== undefined && [wanted].flat().includes(outcome);
}

/** Whether a text fits a pattern. Capitals and small letters are the same. */
export function matches(pattern: string, text: string): boolean {
  return new RegExp(pattern, 'iu').test(text);
}

/** A text as a pattern that fits nothing else. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function fits(said: Said, exchange: Exchange, world: World): boolean {
  const { message, handled, replies, trace } = exchange;
  const { text, length, room, connector, outcome, skill, reply, live, http } = said;
  const type = message.event?.type ?? 'Message';
  return (
    (said.event ?? 'Message') === type &&
    isByLearner(message, said, world) &&
    (text === undefined || matches(text, message.text)) &&
    (length === undefined || message.text.trim().length >= length) &&
    (room === undefined || message.room === room) &&
    (connector === undefined || message.connector === connector) &&
    (outcome === undefined || isOutcome(outcome, handled?.outcome)) &&
    (skill === undefined || handled?.skill === skill) &&
    (reply === undefined || replies.some(answer => saysTo(reply, answer, message))) &&
    (live === undefined || isOfNotebook(handled?.skill, world) === live) &&
    (http === undefined || hasAnswer(trace) === http)
  );
}

function isByLearner({ user, event }: ChatMessage, { by }: Said, { cast }: World): boolean {
  if (event?.type === 'Webhook') {
    return true;
  }
  return by === undefined ? !user.bot && !cast.includes(user.name) : user.name === by;
}

function saysTo(pattern: string, answer: ChatMessage, { user }: ChatMessage): boolean {
  const shown = [answer.text, ...(answer.blocks ?? []).map(block => JSON.stringify(block))];
  return matches(pattern.replaceAll('<user>', escaped(user.name)), shown.join('\n'));
}

function isOfNotebook(name: string | undefined, { skills }: World): boolean {
  return skills.find(skill => skill.name === name)?.source.kind === 'cell';
}

function hasAnswer(trace: Exchange['trace']): boolean {
  return (trace?.run?.http ?? []).some(({ status = 0 }) => status >= 200 && status < 300);
}
