import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import { matcherWords, requirementWords } from '../../../src/lab/why/matcher-words';
import { scoreWords } from '../../../src/lab/why/score-words';
import type { MatcherRecord } from '../../../src/protocol';
import { candidate } from './traces';

const trans = nullTranslator.load('');
const common = { id: 'a', handler: 'a', scoreFactor: 0.6 };

describe('a matcher in words', () => {
  it.each<[MatcherRecord, string]>([
    [
      { ...common, kind: 'regex', pattern: 'hi', flags: 'i', condition: 'search' },
      'Pattern | /hi/i | anywhere in the text'
    ],
    [
      {
        ...common,
        kind: 'regex',
        pattern: 'hi',
        flags: '',
        condition: 'fullmatch',
        dialect: 'opsdroid'
      },
      'Pattern, as Python reads it | /hi/ | must be the whole text'
    ],
    [
      { ...common, kind: 'parse', format: 'go {place}', caseSensitive: true, condition: 'match' },
      'Format | go {place} | must be the whole text, capitals count'
    ],
    [
      { ...common, kind: 'intent', intent: 'greet', threshold: 0.5 },
      'Meaning | greet | like one of its examples, by 0.5 at least'
    ],
    [
      { ...common, kind: 'nlu', parser: 'luisai', field: 'intent', value: 'greet' },
      'Language service luisai | greet | as the intent'
    ],
    [{ ...common, kind: 'always' }, 'Every event |  | beside whoever answers'],
    [
      { ...common, kind: 'catchall', messagesOnly: true },
      'Whatever is left |  | messages that nothing else matches'
    ],
    [
      { ...common, kind: 'event', event: 'Reaction', filters: { emoji: '👍' } },
      'Event | Reaction | where emoji = "👍"'
    ],
    [
      { ...common, kind: 'crontab', schedule: '0 9 * * *', timezone: 'Europe/London' },
      'Schedule | 0 9 * * * | in the time zone Europe/London'
    ],
    [
      { ...common, kind: 'webhook', path: 'build' },
      'Web address | build | with the token of the configuration'
    ]
  ])('%j', (record, expected) => {
    const { kind, code, how } = matcherWords(record, trans);
    expect([kind, code, how].join(' | ')).toBe(expected);
  });

  it('names what it takes to use it', () => {
    const record: MatcherRecord = {
      ...common,
      kind: 'catchall',
      messagesOnly: true,
      constraints: [
        { on: 'rooms', values: ['ops', 'general'], invert: false },
        { on: 'users', values: ['Ben'], invert: true }
      ],
      roles: [{ role: 'ops', when: { place: ['staging', 'test'] } }, { role: 'boss' }],
      confirm: 'Really?'
    };
    expect(requirementWords(record, trans)).toEqual([
      'only in ops, general',
      'not for Ben',
      'only for ops (place: staging|test), boss',
      'asks to confirm'
    ]);
  });
});

describe('a score in words', () => {
  const origins = (score: object): string[] =>
    scoreWords(candidate('a', score).score, trans).map(({ name, value, origin }) =>
      [name, value, origin].join(' ')
    );

  it('can be reckoned again', () => {
    expect(origins({ base: 0.97222, length: 5, coverage: 0.5 })).toEqual([
      'Length 0.9722 of a pattern of 5 characters: 1 − 1 ÷ (5 + 1)²',
      'Factor 0.6 as nothing else is set: `scoreFactor`',
      'Covers 50 % of the text; decides between equal scores, and after it what was loaded first'
    ]);
  });

  it('names the example that a text is like, and who is confident', () => {
    expect(origins({ basis: 'similarity', base: 0.8, example: 'make tea', factor: 1 })).toEqual([
      'Likeness 0.8 to the example `make tea`',
      'Factor 1 set by the author: `scoreFactor`',
      expect.stringMatching(/^Covers/)
    ]);
    expect(origins({ basis: 'confidence', base: 0.7 })[0]).toBe(
      'Confidence 0.7 of the language service'
    );
  });
});
