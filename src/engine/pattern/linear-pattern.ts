import { RE2JS, type Matcher } from 're2js';
import type { Span } from '../../protocol';
import { beginsAtStart, parsePattern, toLinearSyntax } from './linear-syntax';
import { readPattern, type PatternParts, type PatternSource } from './pattern-source';
import {
  matchBeforeLineEnd,
  toPatternMatch,
  type PatternMatch,
  type MatchPlace
} from './pattern-match';

/** What a matching condition demands around a pattern. */
const ANCHORS = {
  search: ['', ''],
  findall: ['', ''],
  match: [String.raw`\A`, ''],
  fullmatch: [String.raw`\A`, String.raw`\z`]
} as const;

/** A pattern that matches in time linear in the length of the text, whatever the text is. */
export class LinearPattern {
  /** Compiled when it is first held against a text by itself: most are, in a set of many. */
  private compiled: RE2JS | undefined;

  private constructor(
    /** In RE2's syntax, for a set of many. */
    readonly source: string,
    /** True when it can match from the start of a text only. */
    readonly isAnchored: boolean,
    private readonly read: PatternSource
  ) {}

  /**
   * Compiles a matcher's pattern, or says why it has no linear form.
   *
   * @throws SyntaxError when it is no pattern at all.
   */
  static compile(parts: PatternParts): LinearPattern | { reason: string } {
    const read = readPattern(parts);
    const { source, flags, condition } = read;
    const pattern = parsePattern(source, flags);
    const syntax = toLinearSyntax(pattern, flags);
    if ('reason' in syntax) {
      return syntax;
    }
    const [before, after] = ANCHORS[condition];
    try {
      const whole = before + syntax.source + after;
      RE2JS.compile(whole);
      return new LinearPattern(whole, before !== '' || beginsAtStart(pattern, flags), read);
    } catch {
      // RE2 bounds the size of a compiled pattern, which nested repetitions can exceed.
      return { reason: 'it is too large once its repetitions are written out' };
    }
  }

  /**
   * False when only an engine that can look around finds what the author meant: where a pattern in
   * opsdroid's dialect asks for the edges of words, and the text has letters beyond ASCII.
   */
  fits(text: string): boolean {
    return !this.read.hasBoundary || isAscii(text);
  }

  /** True for a pattern that does not {@link fits | fit} every text. */
  get isLimited(): boolean {
    return this.read.hasBoundary === true;
  }

  /** True when the text matches; quicker than {@link exec}. */
  test(text: string): boolean {
    const isLineEnd = this.read.endsBeforeLineEnd && text.endsWith('\n');
    return isLineEnd ? this.exec(text) !== undefined : this.engine.test(text);
  }

  /** Where the text matches, with captures. */
  exec(text: string): PatternMatch | undefined {
    return matchBeforeLineEnd(text, this.read, part =>
      toPatternMatch(part, this.places(part), this.read)
    );
  }

  private get engine(): RE2JS {
    this.compiled ??= RE2JS.compile(this.source);
    return this.compiled;
  }

  private *places(text: string): Generator<MatchPlace> {
    const matcher = this.engine.matcher(text);
    while (matcher.find()) {
      const groups = this.read.names.map((_, i) => spanOf(matcher, i + 1));
      yield [spanOf(matcher, 0)!, ...groups];
      if (this.read.condition !== 'findall') {
        return;
      }
    }
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0x7f) {
      return false;
    }
  }
  return true;
}

function spanOf(matcher: Matcher, group: number): Span | undefined {
  const start = matcher.start(group);
  return start < 0 ? undefined : { start, end: matcher.end(group) };
}
