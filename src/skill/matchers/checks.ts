import { chatOpsError, didYouMean } from '../../protocol';
import { MatchedSkill } from '../matched-skill';

/** What an option must be, in words and as a test. */
export type Rule = readonly [words: string, fits: (value: unknown) => boolean];

/** The options that a matcher knows. */
export type Rules = Readonly<Record<string, Rule>>;

/** How a matcher is called, for what is said when it is called wrongly. */
export interface Usage {
  /** Its name, such as `matchRegex`. */
  name: string;
  /** A first argument, as source. */
  example: string;
}

/** @returns an error about a wrong call; to be thrown. */
export function wrongCall({ name, example }: Usage, reason: string): Error {
  return chatOpsError('CHATOPS_MATCHER_ARGUMENT', { matcher: name, reason, example });
}

/**
 * Makes sure that the options are what a matcher knows.
 *
 * @throws ChatOpsError `CHATOPS_MATCHER_ARGUMENT`.
 */
export function checkOptions<T>(options: unknown, rules: Rules, usage: Usage): T {
  if (typeof options !== 'object' || options === null || options instanceof MatchedSkill) {
    throw wrongCall(
      usage,
      `needs its options as an object in front of the handler; it got ${kindOf(options)}`
    );
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = rules[name];
    if (!rule) {
      throw wrongCall(usage, `has no option \`${name}\`${didYouMean(name, Object.keys(rules))}`);
    }
    const [words, fits] = rule;
    if (value !== undefined && !fits(value)) {
      throw wrongCall(usage, `needs ${words} as \`${name}\`; it got ${kindOf(value)}`);
    }
  }
  return options as T;
}

/** A value in words, for the author who handed it over. */
export function kindOf(value: unknown): string {
  if (value instanceof MatchedSkill) {
    return 'another matcher';
  }
  if (value === null || typeof value === 'undefined' || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value === 'string') {
    return `the text ${JSON.stringify(value)}`;
  }
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}

/** A rule for one of some words; capitals do not count, as in opsdroid. */
export function oneOf(words: readonly string[]): Rule {
  return [
    `one of ${words.join(', ')}`,
    value => typeof value === 'string' && words.includes(value.toLowerCase())
  ];
}

/** A text. */
export const text: Rule = ['a text', value => typeof value === 'string'];

/** True or false. */
export const flag: Rule = ['true or false', value => typeof value === 'boolean'];

/** A number from 0 on. */
export const size: Rule = ['a number from 0 on', value => typeof value === 'number' && value >= 0];

/** A list of texts. */
export const texts: Rule = ['a list of texts', isTexts];

/** True for a list of texts. */
export function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

/** True for an object that is no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
