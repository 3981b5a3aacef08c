import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LinearPattern, NativePattern, parseFormat, type PatternMatch } from '../../../src/engine';
import { toEntities } from '../../../src/skill/host';

type Condition = 'match' | 'search';

function exec(
  format: string,
  text: string,
  condition: Condition = 'match',
  caseSensitive = true
): PatternMatch | undefined {
  const parts = { kind: 'parse', format, caseSensitive, condition } as const;
  const pattern = LinearPattern.compile(parts);
  return (pattern instanceof LinearPattern ? pattern : new NativePattern(parts)).exec(text);
}

/** What the fields of a format are, or nothing when the text does not have its form. */
function fields(
  format: string,
  text: string,
  condition: Condition = 'match'
): Record<string, unknown> | undefined {
  const match = exec(format, text, condition);
  return match && toEntities(match.captures, match.spans.length, {});
}

// Every value was seen on PyPI's `parse` 1.21.0, with dates as their `isoformat`.
describe('a field', () => {
  test.each([
    ['{x}', 'a\nb', 'a\nb'],
    ['{x:d}', '-7', -7],
    ['{x:d}', '+7', 7],
    ['{x:d}', ' 7', 7],
    ['{x:d}', '0x1F', 31],
    ['{x:d}', '0b101', 5],
    ['{x:d}', '0o17', 15],
    ['{x:d}', '3.14', undefined],
    ['{x:2d}', '12', 12],
    ['{x:2d}', '123', undefined],
    ['{x:02d}', '  7', 7],
    ['{x:+d}', '+7', 7],
    ['{x:,d}', '1,000,000', 1_000_000],
    ['{x:x=5d}', 'xxx12', 12],
    ['{x:n}', '1,000,000', 1_000_000],
    ['{x:n}', '1.000', 1000],
    ['{x:n}', '1000', undefined],
    ['{x:f}', '3.14', 3.14],
    ['{x:f}', '-3.5', -3.5],
    ['{x:f}', '.5', 0.5],
    ['{x:f}', '3', undefined],
    ['{x:F}', '3.14', 3.14],
    ['{x:e}', '1.5e-3', 0.0015],
    ['{x:e}', '1e5', undefined],
    ['{x:e}', 'nan', NaN],
    ['{x:g}', '7', 7],
    ['{x:g}', '1e5', 100_000],
    ['{x:g}', '1e300', 1e300],
    ['{x:g}', '-inf', -Infinity],
    ['{x:b}', '0b101', 5],
    ['{x:b}', '12', undefined],
    ['{x:o}', '17', 15],
    ['{x:x}', 'ff', 255],
    ['{x:x}', '0xff', 255],
    ['{x:%}', '12.5%', 0.125],
    ['{x:%}', '50%', 0.5],
    ['{x:w}', 'abc_1', 'abc_1'],
    ['{x:w}', 'é1', 'é1'],
    ['{x:w}', 'a,b', undefined],
    ['{x:W}', '!?', '!?'],
    ['{x:s}', '  ', '  '],
    ['{x:S}', 'a,b', 'a,b'],
    ['{x:S}', 'a b', undefined],
    ['{x:l}', 'abc', 'abc'],
    ['{x:l}', 'abc1', undefined],
    ['{x:D}', 'abc', 'abc'],
    ['{x:D}', 'abc1', undefined],
    ['{x:4}', 'abcde', 'abcde'],
    ['{x:4}', 'ab', undefined],
    ['{x:.2}', 'ab', 'ab'],
    ['{x:.2}', 'abc', undefined],
    ['{x:2.4}', 'abc', 'abc'],
    ['a{x:>}b', 'a  x b', 'x '],
    ['a{x:<}b', 'a x  b', ' x'],
    ['a{x:^}b', 'a x b', 'x'],
    ['{x:*<}', 'abc***', 'abc'],
    ['{a.b}', 'x', undefined]
  ])('%s reads %j as %j', (format, text, value) => {
    expect(fields(format, text)?.x).toEqual(value);
  });

  test.each([
    ['{x:ti}', '2026-05-01T10:00:00', '2026-05-01T10:00:00'],
    ['{x:ti}', '2026-05-01', '2026-05-01T00:00:00'],
    ['{x:ti}', '2026-05-01 10:00', '2026-05-01T10:00:00'],
    ['{x:ti}', '2026-05-01T10:00:00Z', '2026-05-01T10:00:00+00:00'],
    ['{x:ti}', '2026-05-01T10:00:00.5+02:00', '2026-05-01T10:00:00.500000+02:00'],
    ['{x:ti}', '2026-05-01T10:00:00 -0530', '2026-05-01T10:00:00-05:30'],
    ['{x:te}', 'Mon, 20 Jan 1972 10:21:36 +1000', '1972-01-20T10:21:36+10:00'],
    ['{x:te}', '20 Jan 1972 10:21:36 +1000', '1972-01-20T10:21:36+10:00'],
    ['{x:tg}', '20/1/1972 10:21:36 AM +1000', '1972-01-20T10:21:36+10:00'],
    ['{x:tg}', '20/January/1972', '1972-01-20T00:00:00'],
    ['{x:ta}', '1/20/1972 10:21:36 PM +1000', '1972-01-20T22:21:36+10:00'],
    ['{x:ta}', 'Jan/20/1972', '1972-01-20T00:00:00'],
    ['{x:tg}', '20-Jan-1972', '1972-01-20T00:00:00'],
    ['{x:ta}', 'Jan-20-1972', '1972-01-20T00:00:00'],
    ['{x:%Y}', '2026', '2026-01-01'],
    ['{x:%S}', '30', '00:00:30'],
    ['{x:%f}', '123', '00:00:00.123000'],
    ['{x:tc}', 'Sun Sep 16 01:03:52 1973', '1973-09-16T01:03:52'],
    ['{x:th}', '21/Nov/2011:00:07:11 +0000', '2011-11-21T00:07:11+00:00'],
    ['{x:tt}', '10:21:36 PM -5:30', '22:21:36-05:30'],
    ['{x:tt}', '12:15 AM', '00:15:00'],
    ['{x:tt}', '12:00 PM', '12:00:00'],
    ['{x:%Y-%m-%d}', '2026-05-01', '2026-05-01'],
    ['{x:%H:%M}', '10:21', '10:21:00'],
    ['{x:%d/%m/%y %H:%M:%S}', '01/05/26 10:11:12', '2026-05-01T10:11:12'],
    ['{x:%B %d, %Y}', 'May 01, 2026', '2026-05-01'],
    ['{x:%Y-%j}', '2026-121', '2026-05-01']
  ])('%s reads the date %j as %s', (format, text, value) => {
    expect(fields(format, text)).toEqual({ x: value });
  });

  test('%s without a year means this year', () => {
    const year = new Date().getFullYear();
    expect(fields('{x:ts}', 'Nov 9 03:37:44')).toEqual({ x: `${year}-11-09T03:37:44` });
    expect(fields('{x:%d.%m.}', '9.11.')).toEqual({ x: `${year}-11-09` });
  });

  test('keeps the text of what its type has no value for', () => {
    expect(fields('{x:ti}', '2026-13-45')).toEqual({ x: '2026-13-45' });
    expect(fields('{x:tt}', '25:00')).toEqual({ x: '25:00' });
    expect(fields('{x:d}', '12345678901234567890')).toEqual({ x: '12345678901234567890' });
  });

  test('without a name is captured by its place, and is no entity', () => {
    const match = exec('{} and {0} or {_x}', 'a and b or c');
    expect(match?.captures.map(({ name, value }) => [name, value])).toEqual([
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'c']
    ]);
    expect(fields('{} and {}', 'a and b')).toEqual({});
  });

  test('that comes twice must have the same text', () => {
    expect(fields('{x} {x}', 'x x')).toEqual({ x: 'x' });
    expect(fields('{x} {x}', 'x y')).toBeUndefined();
    expect(fields('{x:d} {x:d}', '5 5')).toEqual({ x: 5 });
  });
});

describe('a format', () => {
  test('is held against the whole text, capitals and all, unless it says otherwise', () => {
    expect(fields('Hello {name}', 'Hello Ann')).toEqual({ name: 'Ann' });
    expect(fields('Hello', 'Hello world')).toBeUndefined();
    expect(fields('Hello', 'hello')).toBeUndefined();
    expect(exec('Hello', 'hello', 'match', false)).toBeDefined();
  });

  test('is looked for anywhere on request, and says where it was found', () => {
    expect(exec('deploy {app:w}', 'please deploy web now', 'search')?.spans).toEqual([
      { start: 7, end: 17 }
    ]);
  });

  // opsdroid gives `env` one letter in all of these.
  test.each([
    ['deploy {app} to {env}', 'please deploy web to prod now', { app: 'web', env: 'prod now' }],
    ['to {env:4}', 'go to production', { env: 'production' }],
    ['to {env:.4}', 'go to production', { env: 'prod' }],
    ['to {env:<}', 'go to prod  ', { env: 'prod' }],
    ['to {env:^}', 'go to  prod  ', { env: 'prod' }]
  ])('%s, looked for in %j, runs to the end of the text: %j', (format, text, value) => {
    expect(fields(format, text, 'search')).toEqual(value);
  });

  test('has literal braces and characters that mean something elsewhere', () => {
    expect(fields('{{literal}}', '{literal}')).toEqual({});
    expect(fields('{{{x}}}', '{5}')).toEqual({ x: '5' });
    expect(fields('a.b*c+(d)?[e]|$^\\/{x}', 'a.b*c+(d)?[e]|$^\\/1')).toEqual({ x: '1' });
    expect(fields('a.b', 'axb')).toBeUndefined();
  });

  test.each([
    ['{x:zz}', '`zz` is not a type of field'],
    ['{x:%Q}', '`%Q` is not a part of a date'],
    ['a { b', 'a single `{` must be written twice to mean the character'],
    ['a } b', 'a single `}` must be written twice to mean the character'],
    ['{x:d} {x:w}', 'the field `x` has two types']
  ])('%s is refused: %s', (format, reason) => {
    expect(() => parseFormat(format, false)).toThrow(new SyntaxError(reason));
  });
});

describe('whatever the format and the text', () => {
  const pieces = fc.constantFrom(
    ...'{ } {{ }} {x} {y:d} {x:d} {} {0} : % %% {x:%Y} {x:%} {x:4.2} {x:>3} {x:zz} ( [ \\ $ . a é 😀'.split(
      ' '
    ),
    ' ',
    '\n'
  );
  const formats = fc.oneof(
    fc.array(pieces, { maxLength: 8 }).map(parts => parts.join('')),
    fc.string({ maxLength: 20 })
  );

  test('nothing is thrown but a SyntaxError when it is read', () => {
    fc.assert(
      fc.property(formats, fc.string({ maxLength: 20 }), fc.boolean(), (format, text, search) => {
        let match: PatternMatch | undefined;
        try {
          match = exec(format, text, search ? 'search' : 'match');
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
          return;
        }
        for (const { value, span } of match?.captures ?? []) {
          expect(value).toBe(span ? text.slice(span.start, span.end) : null);
        }
      }),
      { numRuns: 500 }
    );
  });

  test('a text that was made from a format has its form, with the same values', () => {
    const values = fc.record({
      service: fc.stringMatching(/^[a-z]+$/),
      count: fc.integer(),
      share: fc.integer({ min: 0, max: 999 })
    });
    fc.assert(
      fc.property(values, ({ service, count, share }) => {
        const text = `scale ${service} by ${count} to ${share / 10}%`;
        const { share: read, ...rest } = fields(
          'scale {service:w} by {count:d} to {share:%}',
          text
        ) as Record<string, number>;
        expect(rest).toEqual({ service, count });
        expect(read).toBeCloseTo(share / 1000);
      })
    );
  });
});
