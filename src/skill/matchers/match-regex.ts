import type { Handler, Matched, RegexOptions } from '../api';
import { checkPattern } from './check-pattern';
import { flag, kindOf, oneOf, wrongCall, type Usage } from './checks';
import { commandFields, commandRules } from './command-record';
import { matchBy } from './declare';

const USAGE: Usage = { name: 'matchRegex', example: '/hello/' };

const RULES = {
  ...commandRules,
  matchingCondition: oneOf(['search', 'match', 'fullmatch', 'findall']),
  caseSensitive: flag
};

/**
 * Calls a handler when a message matches a regular expression.
 *
 * @param pattern - a regular expression; or its source as a text, which is read as opsdroid reads it,
 * with `(?P<name>…)` and `\w` for the letters of every script. It is looked for anywhere in the
 * message, and capitals count, unless the options say otherwise.
 * @param handler - called with `(bot, config, message)`, or with `(message)` when it names only one
 * parameter. Another matcher may stand in its place; then each of them calls the inner handler.
 * @returns what the skill's file must export.
 * @throws ChatOpsError `CHATOPS_MATCHER_ARGUMENT`, `CHATOPS_MATCHER_HANDLER` or
 * `CHATOPS_MATCHER_PATTERN`.
 *
 * @example
 * ```ts
 * import { matchRegex } from 'chatops';
 *
 * export const hello = matchRegex(/^(hi|hello)$/, async (bot, config, message) => {
 *   await message.respond(`Hi ${message.user}`);
 * });
 * ```
 */
export function matchRegex(pattern: RegExp | string, handler: Handler | Matched): Matched;
export function matchRegex(
  pattern: RegExp | string,
  options: RegexOptions,
  handler: Handler | Matched
): Matched;
export function matchRegex(pattern: RegExp | string, ...rest: unknown[]): Matched {
  if (!(typeof pattern === 'string' || isRegExp(pattern))) {
    throw wrongCall(
      USAGE,
      `needs a regular expression as its first argument; it got ${kindOf(pattern)}`
    );
  }
  const [source, written] =
    typeof pattern === 'string' ? [pattern, ''] : [pattern.source, pattern.flags];
  return matchBy<RegexOptions>(
    {
      ...USAGE,
      rules: RULES,
      declare: options => {
        const { matchingCondition = 'search', caseSensitive = !written.includes('i') } = options;
        const record = {
          kind: 'regex' as const,
          pattern: source,
          // `g`, `y` and `d` say how to step through a text, which is not asked here.
          flags: written.replace(/[gydi]/g, '') + (caseSensitive ? '' : 'i'),
          condition: matchingCondition.toLowerCase() as typeof matchingCondition,
          ...(typeof pattern === 'string' && { dialect: 'opsdroid' as const })
        };
        checkPattern(record);
        return { ...record, ...commandFields(options) };
      }
    },
    rest
  );
}

/** A regular expression made in another realm, such as a notebook cell, is one all the same. */
function isRegExp(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === '[object RegExp]';
}
