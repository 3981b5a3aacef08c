import type { Capture, Span } from '../../protocol';
import type { PatternSource } from './pattern-source';

/** Where a pattern matched, and what its groups caught. */
export interface PatternMatch {
  /** One place, or each place for the condition `findall`. */
  spans: Span[];
  /** The groups of the first place, then those of the next. */
  captures: Capture[];
}

/** One place in a text: that of the whole match, then that of each group that took part in it. */
export type MatchPlace = [Span, ...(Span | undefined)[]];

/** The most places that `findall` reports. */
const MOST_PLACES = 1000;

/** Puts the places that a pattern engine found into one form; nothing when there are none. */
export function toPatternMatch(
  text: string,
  places: Iterable<MatchPlace>,
  { names, convert }: Pick<PatternSource, 'names' | 'convert'>
): PatternMatch | undefined {
  const match: PatternMatch = { spans: [], captures: [] };
  for (const [whole, ...groups] of places) {
    match.spans.push(whole);
    let number = 0;
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      if (name !== null) {
        number++;
        match.captures.push(capture(text, name ?? String(number), groups[i]));
      }
    }
    if (match.spans.length === MOST_PLACES) {
      break;
    }
  }
  if (match.spans.length === 0) {
    return undefined;
  }
  match.captures = convert(match.captures);
  return match;
}

/**
 * The match of a pattern whose `$` also holds in front of a line end that ends the text: that of the
 * text, or that of the text without its end where it begins earlier.
 *
 * @param exec - holds the pattern against a text.
 */
export function matchBeforeLineEnd(
  text: string,
  { endsBeforeLineEnd, condition }: PatternSource,
  exec: (text: string) => PatternMatch | undefined
): PatternMatch | undefined {
  const match = exec(text);
  if (!endsBeforeLineEnd || condition === 'fullmatch' || !text.endsWith('\n')) {
    return match;
  }
  const shorter = exec(text.slice(0, -1));
  return match && !(shorter && shorter.spans[0]!.start < match.spans[0]!.start) ? match : shorter;
}

function capture(text: string, name: string, span: Span | undefined): Capture {
  return span ? { name, value: text.slice(span.start, span.end), span } : { name, value: null };
}
