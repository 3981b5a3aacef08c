import { readPattern, type PatternParts, type PatternSource } from './pattern-source';
import {
  matchBeforeLineEnd,
  toPatternMatch,
  type PatternMatch,
  type MatchPlace
} from './pattern-match';

/** `[^]` is any character at all, so these hold at the very start and end, whatever the flag `m` says. */
const ANCHORS = {
  search: ['', ''],
  findall: ['', ''],
  match: ['(?<![^])(?:', ')'],
  fullmatch: ['(?<![^])(?:', ')(?![^])']
} as const;

/**
 * A pattern on JavaScript's own engine, which may take exponential time: only for patterns without
 * a linear form, and only where a deadline can stop it.
 */
export class NativePattern {
  private readonly expression: RegExp;
  private readonly read: PatternSource;

  /** @throws SyntaxError when it is no regular expression. */
  constructor(parts: PatternParts) {
    this.read = readPattern(parts, true);
    const { source, flags, condition } = this.read;
    const [before, after] = ANCHORS[condition];
    this.expression = new RegExp(before + source + after, `${flags.replace(/[dgy]/g, '')}dg`);
  }

  /** @throws SyntaxError for what this engine cannot read. */
  static check(parts: PatternParts): void {
    void new NativePattern(parts);
  }

  /** Where the text matches, with captures. */
  exec(text: string): PatternMatch | undefined {
    return matchBeforeLineEnd(text, this.read, part =>
      toPatternMatch(part, this.places(part), this.read)
    );
  }

  private *places(text: string): Generator<MatchPlace> {
    for (const { indices } of text.matchAll(this.expression)) {
      yield indices!.map(pair => pair && { start: pair[0], end: pair[1] }) as MatchPlace;
      if (this.read.condition !== 'findall') {
        return;
      }
    }
  }
}
