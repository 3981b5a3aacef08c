import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LinearPattern, NativePattern, type PatternMatch } from '../../../src/engine';
import type { MatchingCondition } from '../../../src/protocol';

function linear(expression: RegExp, condition: MatchingCondition = 'search'): LinearPattern {
  const { source, flags } = expression;
  const pattern = LinearPattern.compile({ kind: 'regex', pattern: source, flags, condition });
  if (!(pattern instanceof LinearPattern)) {
    throw new Error(`not linear: ${pattern.reason}`);
  }
  return pattern;
}

function native({ source, flags }: RegExp, condition: MatchingCondition = 'search'): NativePattern {
  return new NativePattern({ kind: 'regex', pattern: source, flags, condition });
}

function captured(match: PatternMatch | undefined): Record<string, string | null> {
  return Object.fromEntries((match?.captures ?? []).map(({ name, value }) => [name, value]));
}

/** Expressions that use every kind of syntax that has a linear form. */
const EXPRESSIONS = [
  /hi|hello|hey|hallo/,
  /^(hi|hello|hey|hallo)$/,
  /^hi|hello$/m,
  /deploy (?<what>\w+)(?: to (?<where>\w+))?/,
  /(a)|(b)|c/,
  /\bcat\b|\Bdog/,
  /a{2,3}?b*c+?d?/,
  /[a-c\d_-]+[^x-z\s]/,
  /\s+\S\s/,
  /a.b/,
  /a.b/s,
  /[^]x/,
  new RegExp('[]|y'),
  /(?:ab)+|(?:cd){2}/,
  /\u00e4|\x41|\t|\//,
  /\p{L}+\P{L}/u,
  /\p{Script=Greek}/u,
  /😀+|[😀-😎]/u,
  /straße/i,
  /HELLO/i,
  /^\s*$/,
  /(?<a>x)(?<b>y)?(z)?/,
  /\$\{(\w+)\}/,
  /[\]\\^-]/,
  /^$/
];

const TEXTS = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...'abcdxyzhielo 0_-\t\n\r.😀äΩ$^\\]{}/'.split('')),
    maxLength: 24
  }),
  fc.constantFrom(
    'do not say hello to this message',
    'deploy web to prod',
    'deploy web',
    'a\nb',
    'a\u2028b',
    'x\u00a0y z',
    'STRAßE',
    'xyz',
    '😀😎',
    'γράμμα 1'
  )
);

describe('a linear pattern', () => {
  test.each(EXPRESSIONS)('%s finds what JavaScript finds, where it finds it', expression => {
    const [ours, theirs] = [linear(expression), native(expression)];
    fc.assert(
      fc.property(TEXTS, text => {
        // Halves of characters are the one thing read differently.
        fc.pre(text.isWellFormed());
        expect(ours.exec(text)).toEqual(theirs.exec(text));
        expect(ours.test(text)).toBe(theirs.exec(text) !== undefined);
      })
    );
  });

  test.each<MatchingCondition>(['search', 'match', 'fullmatch', 'findall'])(
    'means by `%s` what the native one means',
    condition => {
      for (const expression of EXPRESSIONS) {
        const [ours, theirs] = [linear(expression, condition), native(expression, condition)];
        fc.assert(
          fc.property(TEXTS, text => {
            fc.pre(text.isWellFormed());
            expect(ours.exec(text)).toEqual(theirs.exec(text));
          }),
          { numRuns: 25 }
        );
      }
    }
  );

  test('knows its groups by name and by number', () => {
    const match = linear(/(?<verb>start|stop) (\w+)(?: on (?<host>\w+))?/).exec(
      'please stop web now'
    );
    expect(match?.spans).toEqual([{ start: 7, end: 15 }]);
    expect(captured(match)).toEqual({ verb: 'stop', '2': 'web', host: null });
    expect(match?.captures[0]?.span).toEqual({ start: 7, end: 11 });
  });

  test('finds every place when asked for all', () => {
    const match = linear(/(?<word>\w)(\d)/, 'findall').exec('a1 b2');
    expect(match?.spans).toHaveLength(2);
    expect(match?.captures.map(({ value }) => value)).toEqual(['a', '1', 'b', '2']);
  });

  test.each([
    [/(?=x)y/, 'it looks ahead'],
    [/(?<!x)y/, 'it looks behind'],
    [/(a)\1/, 'it refers back to a group'],
    [/a{1,1001}/, 'it repeats something more than 1000 times'],
    [/(?:(?:a{100}){100}){100}/, 'it is too large once its repetitions are written out'],
    [/\p{Emoji}/u, 'it uses the property Emoji'],
    [/\ud83d/, 'it names half a character; add the flag `u`']
  ])('%s has no linear form, because %s', (expression, reason) => {
    const { source, flags } = expression;
    expect(
      LinearPattern.compile({ kind: 'regex', pattern: source, flags, condition: 'search' })
    ).toEqual({
      reason
    });
  });

  test('is refused when it is no regular expression', () => {
    expect(() =>
      LinearPattern.compile({ kind: 'regex', pattern: '(', flags: '', condition: 'search' })
    ).toThrow(SyntaxError);
  });

  // An engine that backtracks would not come back from any of these within the age of the universe.
  test.each([
    [/^(a+)+$/, `${'a'.repeat(100_000)}!`],
    [/(x+x+)+y/, 'x'.repeat(100_000)],
    [/^(([a-z])+.)+[A-Z]([a-z])+$/, 'a'.repeat(100_000)],
    [/(.*)*,(.*)*,(.*)*;/, ','.repeat(50_000)]
  ])('%s answers on a text that is made to hurt', (expression, text) => {
    expect(linear(expression).test(text)).toBe(false);
  });
});
