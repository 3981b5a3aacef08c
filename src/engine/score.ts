import type { Candidate, MatcherRecord, ScoreParts, Span } from '../protocol';

/**
 * How good a match is, as opsdroid reckons it, so that ported skills rank alike: the longer the
 * pattern's source text, the better.
 *
 * `score = (1 − 1 / (length + 1)²) × factor`, from opsdroid's `parsers/regex.py`. A factor of 0 is
 * honoured here. The length counts characters (code points), as Python does.
 *
 * @param order - the matcher's place among all registered ones.
 */
export function scoreOf(
  { pattern, scoreFactor }: Pick<MatcherRecord, 'pattern' | 'scoreFactor'>,
  spans: readonly Span[],
  text: string,
  order: number
): ScoreParts {
  const length = Array.from(pattern).length;
  const base = 1 - 1 / (length + 1) ** 2;
  const matched = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  return {
    score: base * scoreFactor,
    base,
    length,
    factor: scoreFactor,
    coverage: text.length === 0 ? 1 : Math.min(1, matched / text.length),
    order
  };
}

/**
 * Puts candidates in order, best first: by score, then by how much of the text they cover, then by
 * the order in which they were registered. Total, so that the same candidates always rank alike.
 */
export function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    b.score.score - a.score.score ||
    b.score.coverage - a.score.coverage ||
    a.score.order - b.score.order
  );
}
