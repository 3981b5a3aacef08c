import type { Span } from '../../protocol';

/** A part of a text, marked or not. */
export interface TextPart {
  readonly part: string;
  readonly marked: boolean;
}

/** Cuts a text so that what lies in the spans can be marked. Spans may touch, overlap or be empty. */
export function highlight(text: string, spans: readonly Span[]): TextPart[] {
  const parts: TextPart[] = [];
  let place = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(start, place);
    if (end > from) {
      parts.push({ part: text.slice(place, from), marked: false });
      parts.push({ part: text.slice(from, end), marked: true });
      place = end;
    }
  }
  parts.push({ part: text.slice(place), marked: false });
  return parts.filter(({ part }) => part !== '');
}
