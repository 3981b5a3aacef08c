import { describe, expect, test } from 'vitest';
import {
  LinearPattern,
  NativePattern,
  readPattern,
  type PatternMatch,
  type PatternParts
} from '../../../src/engine';
import type { MatchingCondition } from '../../../src/protocol';

function parts(
  pattern: string,
  condition: MatchingCondition = 'search',
  flags = ''
): PatternParts & { kind: 'regex' } {
  return { kind: 'regex', pattern, flags, condition, dialect: 'opsdroid' };
}

/** What was matched: by the linear engine where that can, and always by the other one as well. */
function found(
  pattern: string,
  text: string,
  condition?: MatchingCondition,
  flags?: string
): string[] | undefined {
  const record = parts(pattern, condition, flags);
  const linear = LinearPattern.compile(record);
  const native = new NativePattern(record).exec(text);
  if (linear instanceof LinearPattern && linear.fits(text)) {
    expect(linear.exec(text)).toEqual(native);
    expect(linear.test(text)).toBe(native !== undefined);
  }
  return native?.spans.map(({ start, end }) => text.slice(start, end));
}

function groups(match: PatternMatch | undefined): (readonly [string, string | null])[] {
  return (match?.captures ?? []).map(({ name, value }) => [name, value]);
}

// Every answer was seen on PyPI's `regex`, which opsdroid uses.
test.each<[pattern: string, text: string, found: string | undefined]>([
  ['^\\w+$', 'héllo', 'héllo'],
  ['[^\\W\\d_]+', '_ -é', 'é'],
  ['[\\W_]+', '12-x', '-'],
  ['\\d+', '١٢٣', '١٢٣'],
  ['\\D+', '12-x', '-x'],
  ['[\\w.-]+@', 'u.s-er@x', 'u.s-er@'],
  ['a.b', 'a\nb', undefined],
  ['(?s)a.b', 'a\nb', 'a\nb'],
  ['(?m)^b$', 'a\nb', 'b'],
  ['^b', 'a\nb', undefined],
  ['(?i)hello', 'HELLO', 'HELLO'],
  ['(?x) a \\s b # a comment', 'a b', 'a b'],
  ['(?#a comment)hi', 'hi', 'hi'],
  ['(?a)\\w+', 'éhi', 'hi'],
  ['hello$', 'hello\n', 'hello'],
  ['\\w*\\s*$', 'a\n', 'a\n'],
  ['\\Ahello\\Z', 'hello\n', undefined],
  ['{x}', '{x}', '{x}'],
  ['a{x', 'a{x', 'a{x'],
  ['a{2}', 'aa', 'aa'],
  ['a{,2}b', 'aab', 'aab'],
  ['}', '}', '}'],
  [']', ']a', ']'],
  ['[]a]+', ']a]b', ']a]'],
  ['[^]a]+', ']a]b', 'b'],
  ['[[]', 'a[', '['],
  ['x\\-y', 'x-y', 'x-y'],
  ['\\@\\_\\ ', '@_ ', '@_ '],
  ['a\\/b', 'a/b', 'a/b'],
  ['\\U0001F600', '😀', '😀'],
  ['\\p{L}+', '1é2', 'é'],
  ['\\pL+', '1é2', 'é'],
  ['\\bcaf\\b', 'café', undefined],
  ['\\bécole\\b', 'une école!', 'école'],
  ['\\bhi\\b', 'éhi hi', 'hi'],
  ['\\Bi', 'hi', 'i'],
  ['(?P<a>\\w+) (?P=a)', 'hi hi', 'hi hi'],
  ['(\\w)\\1', 'aa', 'aa'],
  ['(x)(y)\\2', 'xyy', 'xyy'],
  ['(?>a+)ab', 'aab', undefined],
  ['(?>a|ab)c', 'abc', undefined],
  ['(?>ab)+c', 'xababc', 'ababc'],
  ['a++b', 'xaaab', 'aaab'],
  ['a*+a', 'aaa', undefined],
  ['(?P<n>(a)b)++c', 'xababc', 'ababc'],
  ['(a)(?:b(c))?+d\\2', 'abcdc', 'abcdc'],
  ['\\p{^Lu}+', 'ABc', 'c'],
  ['\\P{^Lu}+', 'aBC', 'BC'],
  ['[[:alpha:]]+', '1é2', 'é'],
  ['[^[:alpha:][:space:]]+', 'ab 12', '12'],
  ['[[:^digit:]]+', '12ab', 'ab'],
  ['[\\w-.]+', '!a-b.c', 'a-b.c'],
  ['[a-\\d]+', 'x-1', '-1'],
  ['\\101[\\101]', 'AA', 'AA']
])('%j finds in %j what Python finds', (pattern, text, expected) => {
  expect(found(pattern, text)?.[0]).toBe(expected);
});

test('ignoring case knows the letters of every script', () => {
  expect(found('ÉCOLE', 'école', 'search', 'i')).toEqual(['école']);
});

test('flags may hold for a part of the pattern', () => {
  const pattern = LinearPattern.compile(parts('(?i:Hi) there')) as LinearPattern;
  expect([pattern.test('HI there'), pattern.test('Hi THERE')]).toEqual([true, false]);
});

test('a line end at the end counts where the whole text is asked for', () => {
  expect(found('^hello$', 'hello\n', 'match')).toEqual(['hello']);
  expect(found('^hello$', 'hello\n', 'fullmatch')).toBeUndefined();
});

describe('groups', () => {
  test('may share a name', () => {
    const match = new NativePattern(
      parts('Hello (?P<name>\\w+)|Hi (?P<name>\\w+)', 'findall')
    ).exec('Hi opsdroid, Hello world');
    expect(groups(match)).toEqual([
      ['name', null],
      ['name', 'opsdroid'],
      ['name', 'world'],
      ['name', null]
    ]);
  });

  test('keep their names and numbers beside what is never given back', () => {
    const match = new NativePattern(parts('(a)(?P<rest>(b)c)++(d)')).exec('abcbcd');
    expect(groups(match)).toEqual([
      ['1', 'a'],
      ['rest', 'bc'],
      ['3', 'b'],
      ['4', 'd']
    ]);
  });

  test('without a name go by their number, beside those that have one', () => {
    const { names } = readPattern(parts('(a)(?:b)(?P<c>c)(?<d>d)(?=e)(?!f)(e)[(](\\()'));
    expect(names).toEqual([undefined, 'c', 'd', undefined, undefined]);
  });
});

test.each([
  ['hello(?i)', '`(?i)` must stand at the start'],
  ['(?|(a)|(b))', 'groups that begin with `(?|` do not exist here'],
  ['(hello){e<=1}', 'how much a text may differ cannot be said here; `\\{` is the character'],
  ['(a)\\2', 'there is no group 2'],
  ['[[:nonsense:]]', '`[:nonsense:]` is not a class of characters'],
  ['(?P=nobody)', 'there is no group named `nobody` before it'],
  ['\\K', '`\\K` has no meaning here'],
  ['a\\', 'a backslash stands at its end'],
  ['[a', 'a character class has no end']
])('%s is refused: %s', (pattern, reason) => {
  expect(() => readPattern(parts(pattern))).toThrow(new SyntaxError(reason));
});

test('edges of words take an engine that can look around for texts beyond ASCII only', () => {
  const pattern = LinearPattern.compile(parts('\\bhi\\b')) as LinearPattern;
  expect([pattern.fits('hi there'), pattern.fits('hé')]).toEqual([true, false]);
  const plain = LinearPattern.compile(parts('hi')) as LinearPattern;
  expect(plain.fits('hé')).toBe(true);
});
