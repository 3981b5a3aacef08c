import { RE2JS, type Matcher } from 're2js';
import type { MatcherRecord, Span } from '../../protocol';
import { groupNames, parsePattern, toLinearSyntax, type GroupNames } from './linear-syntax';
import { toPatternMatch, type PatternMatch, type MatchPlace } from './pattern-match';

/** What a matching condition demands around a pattern. */
const ANCHORS = {
  search: ['', ''],
  findall: ['', ''],
  match: [String.raw`\A`, ''],
  fullmatch: [String.raw`\A`, String.raw`\z`]
} as const;

/** A pattern that matches in time linear in the length of the text, whatever the text is. */
export class LinearPattern {
  private readonly engine: RE2JS;

  private constructor(
    /** In RE2's syntax, for a set of many. */
    readonly source: string,
    private readonly names: GroupNames,
    private readonly all: boolean
  ) {
    this.engine = RE2JS.compile(source);
  }

  /**
   * Compiles a matcher's pattern, or says why it has no linear form.
   *
   * @throws SyntaxError when it is no regular expression at all.
   */
  static compile({
    pattern,
    flags,
    condition
  }: Pick<MatcherRecord, 'pattern' | 'flags' | 'condition'>): LinearPattern | { reason: string } {
    const parsed = parsePattern(pattern, flags);
    const syntax = toLinearSyntax(parsed, flags);
    if ('reason' in syntax) {
      return syntax;
    }
    const [before, after] = ANCHORS[condition];
    try {
      return new LinearPattern(
        before + syntax.source + after,
        groupNames(parsed),
        condition === 'findall'
      );
    } catch {
      // RE2 bounds the size of a compiled pattern, which nested repetitions can exceed.
      return { reason: 'it is too large once its repetitions are written out' };
    }
  }

  /** True when the text matches; quicker than {@link exec}. */
  test(text: string): boolean {
    return this.engine.test(text);
  }

  /** Where the text matches, with captures. */
  exec(text: string): PatternMatch | undefined {
    return toPatternMatch(text, this.places(text), this.names);
  }

  private *places(text: string): Generator<MatchPlace> {
    const matcher = this.engine.matcher(text);
    while (matcher.find()) {
      const groups = this.names.map((_, i) => spanOf(matcher, i + 1));
      yield [spanOf(matcher, 0)!, ...groups];
      if (!this.all) {
        return;
      }
    }
  }
}

function spanOf(matcher: Matcher, group: number): Span | undefined {
  const start = matcher.start(group);
  return start < 0 ? undefined : { start, end: matcher.end(group) };
}
