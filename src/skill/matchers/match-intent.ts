import type { CommandOptions, Handler, IntentOptions, Matched } from '../api';
import { kindOf, wrongCall, type Usage } from './checks';
import { commandFields, commandRules } from './command-record';
import { matchBy } from './declare';
import { checkPattern } from './check-pattern';

/** How alike a sentence must be to an example. */
const DEFAULT_THRESHOLD = 0.6;

const USAGE: Usage = {
  name: 'matchIntent',
  example: "'restart a server', { examples: ['restart web'] }"
};

const RULES = {
  ...commandRules,
  threshold: [
    'a number from 0 to 1',
    (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1
  ]
} as const;

/**
 * Calls a handler when a message means the same as one of some examples. No service is asked: how
 * alike two sentences are is reckoned here, the same way every time, and the trace shows it.
 *
 * @param intent - what it means, in a few words.
 * @throws ChatOpsError `CHATOPS_MATCHER_ARGUMENT` or `CHATOPS_MATCHER_HANDLER`.
 *
 * @example
 * ```ts
 * export const restart = matchIntent(
 *   'restart a server',
 *   { examples: ['restart {server}', 'please reboot {server}'] },
 *   async (bot, config, message) => {
 *     await message.respond(`Restarting ${message.entities.server}.`);
 *   }
 * );
 * ```
 */
export function matchIntent(
  intent: string,
  options: IntentOptions,
  handler: Handler | Matched
): Matched {
  if (typeof intent !== 'string') {
    throw wrongCall(
      USAGE,
      `needs the intent in words as its first argument; it got ${kindOf(intent)}`
    );
  }
  return matchBy<IntentOptions>(
    {
      ...USAGE,
      rules: RULES,
      declare: given => {
        if (!given.examples?.length) {
          throw wrongCall(USAGE, 'needs at least one example');
        }
        given.examples.filter(example => example.includes('{')).forEach(checkExample);
        const { threshold = DEFAULT_THRESHOLD } = given;
        return { kind: 'intent', intent, threshold, ...commandFields(given) };
      }
    },
    [options, handler]
  );
}

/** @throws ChatOpsError `CHATOPS_MATCHER_PATTERN` for an example whose fields cannot be read. */
function checkExample(example: string): void {
  checkPattern({ kind: 'parse', format: example, caseSensitive: false, condition: 'match' });
}

type NluMatcher = {
  (value: string, handler: Handler | Matched): Matched;
  (value: string, options: CommandOptions, handler: Handler | Matched): Matched;
};

/** A matcher of what a language service finds. Its confidence is the score, as in opsdroid. */
function nluMatcher(
  name: string,
  parser: string,
  field: 'intent' | 'action' = 'intent'
): NluMatcher {
  const usage = { name, example: `'${field}'` };
  return (value: string, ...rest: unknown[]): Matched => {
    if (typeof value !== 'string') {
      throw wrongCall(
        usage,
        `needs the name of the ${field} as its first argument; it got ${kindOf(value)}`
      );
    }
    return matchBy<CommandOptions>(
      {
        ...usage,
        rules: commandRules,
        declare: options => ({ kind: 'nlu', parser, field, value, ...commandFields(options, 1) })
      },
      rest
    );
  };
}

/** Calls a handler when Dialogflow finds an intent by this name. The parser `dialogflow` must be configured. */
export const matchDialogflowIntent: NluMatcher = nluMatcher('matchDialogflowIntent', 'dialogflow');

/** Calls a handler when Dialogflow finds an action by this name. The parser `dialogflow` must be configured. */
export const matchDialogflowAction: NluMatcher = nluMatcher(
  'matchDialogflowAction',
  'dialogflow',
  'action'
);

/** Calls a handler when Azure's language service finds an intent by this name. The parser `luisai` must be configured. */
export const matchLuisaiIntent: NluMatcher = nluMatcher('matchLuisaiIntent', 'luisai');

/** Calls a handler when Amazon Lex finds an intent by this name. The parser `lex` must be configured. */
export const matchLexIntent: NluMatcher = nluMatcher('matchLexIntent', 'lex');

/** Calls a handler when Rasa finds an intent by this name. The parser `rasanlu` must be configured. */
export const matchRasanlu: NluMatcher = nluMatcher('matchRasanlu', 'rasanlu');

/** Calls a handler when Watson finds an intent by this name. The parser `watson` must be configured. */
export const matchWatson: NluMatcher = nluMatcher('matchWatson', 'watson');

/** Calls a handler when wit.ai finds an intent by this name. The parser `witai` must be configured. */
export const matchWitai: NluMatcher = nluMatcher('matchWitai', 'witai');
