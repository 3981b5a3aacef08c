import type { Handler, Matched, ParseOptions } from '../api';
import { flag, kindOf, oneOf, wrongCall, type Usage } from './checks';
import { commandFields, commandRules } from './command-record';
import { matchBy } from './declare';
import { checkPattern } from './check-pattern';

const USAGE: Usage = { name: 'matchParse', example: "'deploy {service} to {place:w}'" };

const RULES = {
  ...commandRules,
  matchingCondition: oneOf(['match', 'search']),
  caseSensitive: flag
};

/**
 * Calls a handler when a message has a form, such as `deploy {service} to {place:w}`. Fields are in
 * `message.entities`, those with a type as what they stand for: `{count:d}` is a number.
 *
 * The forms are those of Python's `parse`, which opsdroid's `match_parse` takes.
 *
 * @throws ChatOpsError `CHATOPS_MATCHER_ARGUMENT`, `CHATOPS_MATCHER_HANDLER` or
 * `CHATOPS_MATCHER_PATTERN` for a type that does not exist.
 *
 * @example
 * ```ts
 * export const wait = matchParse('wait {minutes:d} minutes', async (bot, config, message) => {
 *   await message.respond(`${message.entities.minutes * 60} seconds`);
 * });
 * ```
 */
export function matchParse(format: string, handler: Handler | Matched): Matched;
export function matchParse(
  format: string,
  options: ParseOptions,
  handler: Handler | Matched
): Matched;
export function matchParse(format: string, ...rest: unknown[]): Matched {
  if (typeof format !== 'string') {
    throw wrongCall(USAGE, `needs a format as its first argument; it got ${kindOf(format)}`);
  }
  return matchBy<ParseOptions>(
    {
      ...USAGE,
      rules: RULES,
      declare: options => {
        const { matchingCondition = 'match', caseSensitive = true } = options;
        const record = {
          kind: 'parse' as const,
          format,
          caseSensitive,
          condition: matchingCondition.toLowerCase() as typeof matchingCondition
        };
        checkPattern(record);
        return { ...record, ...commandFields(options) };
      }
    },
    rest
  );
}
