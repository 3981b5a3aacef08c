import { chatOpsError, DEFAULT_SCORE_FACTOR, didYouMean } from '../protocol';
import type { Handler, MatchOptions, MatchRegex } from './api';
import { MatchedSkill, type MatcherDeclaration } from './matched-skill';

const NAME = 'matchRegex';
const EXAMPLE = '/hello/';
const CONDITIONS: readonly string[] = ['search', 'match', 'fullmatch', 'findall'];

/**
 * See {@link MatchRegex}.
 *
 * @throws ChatOpsError `CHATOPS_MATCHER_ARGUMENT`, `CHATOPS_MATCHER_HANDLER` or
 * `CHATOPS_MATCHER_PATTERN`.
 */
export const matchRegex: MatchRegex = (pattern: RegExp | string, ...rest: unknown[]) => {
  const [options, target] = rest.length > 1 ? rest : [{}, rest[0]];
  const declaration = declare(pattern, checkOptions(options));
  if (target instanceof MatchedSkill) {
    return new MatchedSkill([declaration, ...target.matchers], target.handler);
  }
  if (typeof target !== 'function') {
    throw chatOpsError('CHATOPS_MATCHER_HANDLER', {
      matcher: NAME,
      example: EXAMPLE,
      got: target === undefined ? 'none' : kindOf(target)
    });
  }
  return new MatchedSkill([declaration], target as Handler);
};

function declare(pattern: unknown, options: MatchOptions): MatcherDeclaration {
  if (!(typeof pattern === 'string' || isRegExp(pattern))) {
    throw wrong(`needs a regular expression as its first argument; it got ${kindOf(pattern)}`);
  }
  const [source, written] =
    typeof pattern === 'string' ? [pattern, ''] : [pattern.source, pattern.flags];
  const ignoreCase =
    options.caseSensitive === undefined ? written.includes('i') : !options.caseSensitive;
  // `g`, `y` and `d` say how to step through a text, which is not asked here.
  const flags = written.replace(/[gydi]/g, '') + (ignoreCase ? 'i' : '');
  try {
    RegExp(source, flags);
  } catch (error) {
    throw chatOpsError(
      'CHATOPS_MATCHER_PATTERN',
      { pattern: `/${source}/${flags}`, reason: (error as Error).message.replace(/^.*: /, '') },
      { cause: error }
    );
  }
  return {
    kind: 'regex',
    pattern: source,
    flags,
    condition: options.matchingCondition ?? 'search',
    scoreFactor: options.scoreFactor ?? DEFAULT_SCORE_FACTOR,
    ...(options.description !== undefined && { description: options.description }),
    ...(options.examples !== undefined && { examples: [...options.examples] }),
    stack: new Error('declared here').stack ?? ''
  };
}

/** What each option must be, in words and as a test. */
const OPTIONS: Record<keyof MatchOptions, [string, (value: unknown) => boolean]> = {
  matchingCondition: [
    `one of ${CONDITIONS.join(', ')}`,
    value => CONDITIONS.includes(value as string)
  ],
  caseSensitive: ['true or false', value => typeof value === 'boolean'],
  scoreFactor: ['a number from 0 on', value => typeof value === 'number' && value >= 0],
  description: ['a text', value => typeof value === 'string'],
  examples: [
    'a list of texts',
    value => Array.isArray(value) && value.every(item => typeof item === 'string')
  ]
};

function checkOptions(options: unknown): MatchOptions {
  if (typeof options !== 'object' || options === null || options instanceof MatchedSkill) {
    throw wrong(
      `needs its options as an object between pattern and handler; it got ${kindOf(options)}`
    );
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = OPTIONS[name as keyof MatchOptions];
    if (!rule) {
      throw wrong(`has no option \`${name}\`${didYouMean(name, Object.keys(OPTIONS))}`);
    }
    const [words, fits] = rule;
    if (value !== undefined && !fits(value)) {
      throw wrong(`needs ${words} as \`${name}\`; it got ${kindOf(value)}`);
    }
  }
  return options as MatchOptions;
}

function wrong(reason: string): Error {
  return chatOpsError('CHATOPS_MATCHER_ARGUMENT', { matcher: NAME, reason, example: EXAMPLE });
}

/** A regular expression made in another realm, such as a notebook cell, is one all the same. */
function isRegExp(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === '[object RegExp]';
}

function kindOf(value: unknown): string {
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
