import { alignmentDistance, DEFAULT_SCORE_FACTOR, eventTypeOf, eventTypes } from '../../protocol';
import type { CatchallOptions, ConstraintOptions, Handler, ListenerOptions, Matched } from '../api';
import { ChatEvent } from '../events';
import { flag, isObject, kindOf, text, wrongCall, type Rules, type Usage } from './checks';
import { constraintFields, constraintRules } from './command-record';
import { matchBy } from './declare';

const EVENT: Usage = { name: 'matchEvent', example: "'JoinRoom'" };

const LISTENER_RULES: Rules = { ...constraintRules, description: text };

/** A class of events: one of `events`, or one of your own that extends `ChatEvent`. */
export type EventClass = new (...values: any[]) => { readonly type: string };

/** What may be said about an event besides: constraints, and whatever must be so about it. */
export type EventOptions = ListenerOptions & {
  /** What entities or values of the event must be. Lists must hold the same values. */
  filters?: Readonly<Record<string, unknown>>;
};

/**
 * Calls a handler when an event happens. It is called beside the skill that answers a message, never
 * instead of it.
 *
 * @param event - the name of the event, or its class.
 * @throws ChatOpsError `CHATOPS_MATCHER_ARGUMENT` or `CHATOPS_MATCHER_HANDLER`.
 *
 * @example
 * ```ts
 * export const welcome = matchEvent('JoinRoom', async (bot, config, message) => {
 *   await message.respond(`Welcome, ${message.user}!`);
 * });
 * ```
 */
export function matchEvent(event: string | EventClass, handler: Handler | Matched): Matched;
export function matchEvent(
  event: string | EventClass,
  options: EventOptions,
  handler: Handler | Matched
): Matched;
export function matchEvent(event: string | EventClass, ...rest: unknown[]): Matched {
  const type = typeof event === 'string' ? event : ChatEvent.typeOf(event);
  if (!type) {
    throw wrongCall(
      EVENT,
      `needs the name or the class of an event as its first argument; it got ${kindOf(event)}`
    );
  }
  const meant = typeof event === 'string' ? misspelt(eventTypeOf(event)) : undefined;
  if (meant !== undefined) {
    throw wrongCall(EVENT, `knows no event \`${type}\` (did you mean \`${meant}\`?)`);
  }
  return matchBy<EventOptions>(
    {
      ...EVENT,
      rules: { ...LISTENER_RULES, filters: ['an object', isObject] },
      declare: options => ({
        kind: 'event',
        event: eventTypeOf(type),
        filters: { ...options.filters },
        ...listener(options)
      })
    },
    rest
  );
}

/** The event whose name is but a letter away: that is a slip, and no event of one's own. */
function misspelt(type: string): string | undefined {
  const near = eventTypes.find(
    known => alignmentDistance(known.toLowerCase(), type.toLowerCase()) <= 1
  );
  return near === type ? undefined : near;
}

/**
 * Calls a handler for every event, beside whatever answers it.
 *
 * @throws ChatOpsError `CHATOPS_MATCHER_ARGUMENT` or `CHATOPS_MATCHER_HANDLER`.
 *
 * @example
 * ```ts
 * export const count = matchAlways(async (bot, config, message) => {
 *   await bot.memory.update('messages', (count = 0) => count + 1);
 * });
 * ```
 */
export function matchAlways(handler: Handler | Matched): Matched;
export function matchAlways(options: ListenerOptions, handler: Handler | Matched): Matched;
export function matchAlways(...rest: unknown[]): Matched {
  return matchBy<ListenerOptions>(
    {
      name: 'matchAlways',
      example: '{}',
      rules: LISTENER_RULES,
      declare: options => ({ kind: 'always', ...listener(options) })
    },
    rest
  );
}

/**
 * Calls a handler for messages that no other skill answers.
 *
 * @throws ChatOpsError `CHATOPS_MATCHER_ARGUMENT` or `CHATOPS_MATCHER_HANDLER`.
 *
 * @example
 * ```ts
 * export const sorry = matchCatchall(async (bot, config, message) => {
 *   await message.respond('I did not understand. Say help to see what I do.');
 * });
 * ```
 */
export function matchCatchall(handler: Handler | Matched): Matched;
export function matchCatchall(options: CatchallOptions, handler: Handler | Matched): Matched;
export function matchCatchall(...rest: unknown[]): Matched {
  return matchBy<CatchallOptions>(
    {
      name: 'matchCatchall',
      example: '{}',
      rules: { ...LISTENER_RULES, messagesOnly: flag },
      declare: options => ({
        kind: 'catchall',
        messagesOnly: options.messagesOnly ?? true,
        ...listener(options)
      })
    },
    rest
  );
}

function listener(options: ConstraintOptions & { description?: string }) {
  return {
    ...constraintFields(options),
    scoreFactor: DEFAULT_SCORE_FACTOR,
    ...(options.description !== undefined && { description: options.description })
  };
}
