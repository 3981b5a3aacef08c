import { describe, expect, test } from 'vitest';
import type { ChatOpsError } from '../../src/protocol';
import { matchRegex, type Matched } from '../../src/skill';
import type { MatchedSkill } from '../../src/skill/host';

const handler = (): void => undefined;

function declared(matched: Matched): Record<string, unknown>[] {
  return (matched as MatchedSkill).matchers.map(({ declared: _, ...rest }) => rest);
}

function refused(...values: unknown[]): { code: string; message: string } {
  try {
    (matchRegex as unknown as (...values: unknown[]) => void)(...values);
  } catch (error) {
    return (error as ChatOpsError).record;
  }
  throw new Error('it was taken');
}

test('a pattern alone is searched for, case-sensitively, with the usual factor', () => {
  expect(declared(matchRegex(/hi|hello/, handler))).toEqual([
    { kind: 'regex', pattern: 'hi|hello', flags: '', condition: 'search', scoreFactor: 0.6 }
  ]);
});

test('options say more, and a text is a pattern too', () => {
  const options = {
    caseSensitive: false,
    matchingCondition: 'fullmatch',
    scoreFactor: 0,
    description: 'says hello',
    examples: ['hello']
  } as const;
  expect(declared(matchRegex('hello (\\w+)', options, handler))).toEqual([
    {
      kind: 'regex',
      pattern: 'hello (\\w+)',
      flags: 'i',
      dialect: 'opsdroid',
      condition: 'fullmatch',
      scoreFactor: 0,
      description: 'says hello',
      examples: ['hello']
    }
  ]);
});

test.each([
  [/x/gi, undefined, 'i'],
  [/x/i, true, ''],
  [/x/suy, false, 'sui'],
  [/x/m, undefined, 'm']
])('flags of %s with caseSensitive %s are "%s"', (pattern, caseSensitive, flags) => {
  const options = caseSensitive === undefined ? {} : { caseSensitive };
  expect(declared(matchRegex(pattern, options, handler))[0]).toMatchObject({ flags });
});

test('matchers stack by nesting, the outermost first, around one handler', () => {
  const matched = matchRegex(/a/, matchRegex(/b/, { scoreFactor: 1 }, matchRegex(/c/, handler)));
  expect(declared(matched).map(({ pattern }) => pattern)).toEqual(['a', 'b', 'c']);
  expect(matched.handler).toBe(handler);
});

describe('a wrong call is refused with what it got', () => {
  test.each([
    [[/x/], 'CHATOPS_MATCHER_HANDLER', /it got none/],
    [[/x/, 'text'], 'CHATOPS_MATCHER_HANDLER', /it got the text "text"/],
    [[/x/, {}, 3], 'CHATOPS_MATCHER_HANDLER', /it got a value of type number/],
    [
      [3, handler],
      'CHATOPS_MATCHER_ARGUMENT',
      /needs a regular expression as its first argument; it got a value of type number/
    ],
    [[handler, /x/], 'CHATOPS_MATCHER_ARGUMENT', /it got a value of type function/],
    [[/x/, handler, {}], 'CHATOPS_MATCHER_ARGUMENT', /needs its options as an object/],
    [
      [/x/, { casesensitive: true }, handler],
      'CHATOPS_MATCHER_ARGUMENT',
      /no option `casesensitive` \(did you mean `caseSensitive`\?\)/
    ],
    [
      [/x/, { matchingCondition: 'all' }, handler],
      'CHATOPS_MATCHER_ARGUMENT',
      /one of search, match, fullmatch, findall/
    ],
    [
      [/x/, { scoreFactor: -1 }, handler],
      'CHATOPS_MATCHER_ARGUMENT',
      /a number from 0 on as `scoreFactor`/
    ],
    [[/x/, { examples: [1] }, handler], 'CHATOPS_MATCHER_ARGUMENT', /a list of texts/],
    [
      ['(', handler],
      'CHATOPS_MATCHER_PATTERN',
      /The pattern "\(" is not a regular expression: Unterminated group/
    ]
  ])('%j', (values, code, message) => {
    const error = refused(...values);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});
