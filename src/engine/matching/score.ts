import type { Candidate, ScoreParts, Span } from '../../protocol';

/** What a score is made from besides its base. */
export interface ScoreFacts {
  factor: number;
  spans: readonly Span[];
  text: string;
  /** The matcher's place among all registered ones. */
  order: number;
}

/**
 * How good a pattern's match is, as opsdroid reckons it, so that ported skills rank alike: the
 * longer the pattern's source text, the better.
 *
 * `score = (1 − 1 / (length + 1)²) × factor`, from opsdroid's `parsers/regex.py`. A factor of 0 is
 * honoured here. The length counts characters (code points), as Python does.
 *
 * @param pattern - the source text of the pattern or format.
 */
export function lengthScore(pattern: string, facts: ScoreFacts): ScoreParts {
  const length = charactersIn(pattern);
  const score = scoreFrom('length', 1 - 1 / (length + 1) ** 2, facts);
  score.length = length;
  return score;
}

/** Code points, as an iterator over the text would count them. */
function charactersIn(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const isPair = text.codePointAt(i)! > 0xffff;
    i += isPair ? 1 : 0;
    count++;
  }
  return count;
}

/** How good a match is that comes with a base of its own, from 0 to 1. */
export function scoreFrom(
  basis: ScoreParts['basis'],
  base: number,
  { factor, spans, text, order }: ScoreFacts
): ScoreParts {
  let matched = 0;
  for (const { start, end } of spans) {
    matched += end - start;
  }
  return {
    score: base * factor,
    basis,
    base,
    factor,
    coverage: text.length === 0 ? 1 : Math.min(1, matched / text.length),
    order
  };
}

/** The kinds of matchers in the order in which equal scores are decided; opsdroid asks its parsers in this order. */
const KINDS: readonly Candidate['matcher']['kind'][] = ['regex', 'parse', 'nlu', 'intent'];

/**
 * Puts candidates in order, best first: by score, then by how much of the text they cover, then by
 * kind, then by the order in which they were registered. Total, so that the same candidates always
 * rank alike.
 */
export function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    b.score.score - a.score.score ||
    b.score.coverage - a.score.coverage ||
    KINDS.indexOf(a.matcher.kind) - KINDS.indexOf(b.matcher.kind) ||
    a.score.order - b.score.order
  );
}
