import type { Capture, Span } from '../../protocol';

/** A stretch of a text of which the same holds from its start to its end. */
export interface TextStretch {
  readonly text: string;
  /** It is part of what matched. */
  readonly matched: boolean;
  /** The capture that caught it, as an index; the innermost where groups lie in each other. */
  readonly capture: number | undefined;
}

/**
 * Cuts a text where a match or a capture begins or ends, so that each stretch can be shown in its
 * own way. Spans may overlap, be empty, or lie beyond the end.
 */
export function markText(
  text: string,
  spans: readonly Span[],
  captures: readonly Capture[]
): TextStretch[] {
  const caught = captures.flatMap(({ span }, index) => (span ? [{ ...span, index }] : []));
  const cuts = new Set([0, text.length]);
  for (const { start, end } of [...spans, ...caught]) {
    cuts.add(Math.min(start, text.length));
    cuts.add(Math.min(end, text.length));
  }
  const places = [...cuts].toSorted((a, b) => a - b);
  const stretches = places.slice(0, -1).map((start, index): TextStretch => {
    const end = places[index + 1]!;
    const holds = (span: Span): boolean => span.start <= start && end <= span.end;
    const innermost = caught
      .filter(holds)
      .toSorted((a, b) => a.end - a.start - (b.end - b.start) || b.index - a.index)[0];
    return {
      text: text.slice(start, end),
      matched: spans.some(holds),
      capture: innermost?.index
    };
  });
  return stretches.filter(stretch => stretch.text !== '');
}
