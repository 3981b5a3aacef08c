/** A stretch of one line whose length changed. All counts are UTF-16 code units, columns count from 1. */
export interface Shift {
  line: number;
  /** Where the new stretch begins, in the new text. */
  column: number;
  /** Its length in the new text. */
  length: number;
  /** Its length in the old text. */
  former: number;
}

/** Which of several changes at one offset comes first: what ends there, what begins there, what is replaced. */
type Rank = 0 | 1 | 2;

interface Replacement {
  start: number;
  end: number;
  text: string;
  rank: Rank;
  /** Among changes of one rank and offset, smaller ones come first. */
  order: number;
}

/** Changes to a text that keep every line where it is. */
export class TextEdits {
  private readonly replacements: Replacement[] = [];

  constructor(private readonly text: string) {}

  /**
   * Puts something around a stretch. Where several stretches begin or end at one offset, the one
   * that was wrapped first is the outer one.
   */
  wrap(start: number, end: number, before: string, after: string): void {
    const order = this.replacements.length;
    this.add(start, start, before, 1, order);
    this.add(end, end, after, 0, -order);
  }

  /** Replaces a stretch that does not reach beyond its line. */
  replace(start: number, end: number, text: string): void {
    this.add(start, end, text, 2, this.replacements.length);
  }

  /** Replaces a stretch by spaces; `keep` stands at its end. */
  blank(start: number, end: number, keep = ''): void {
    const blanked = blankOf(this.text.slice(start, end));
    this.replace(start, end, blanked.slice(0, blanked.length - keep.length) + keep);
  }

  /** The changed text, and by how much its columns moved. */
  apply(): { text: string; shifts: Shift[]; move: (offset: number) => number } {
    const sorted = this.replacements.toSorted(
      (a, b) => a.start - b.start || a.rank - b.rank || a.order - b.order
    );
    const shifts: Shift[] = [];
    const moves: { start: number; by: number }[] = [];
    let result = '';
    let done = 0;
    let line = 1;
    let lineStart = 0;
    for (const { start, end, text } of sorted) {
      const kept = this.text.slice(done, start);
      const newlines = kept.match(/\n/g)?.length ?? 0;
      if (newlines > 0) {
        line += newlines;
        lineStart = result.length + kept.lastIndexOf('\n') + 1;
      }
      result += kept;
      if (text.length !== end - start) {
        const column = result.length - lineStart + 1;
        shifts.push({ line, column, length: text.length, former: end - start });
      }
      result += text;
      // What is blanked may reach over lines, and keeps its length.
      const blanked = text.lastIndexOf('\n');
      if (blanked >= 0) {
        line += text.match(/\n/g)!.length;
        lineStart = result.length - text.length + blanked + 1;
      }
      done = end;
      moves.push({ start: end, by: result.length - end });
    }
    result += this.text.slice(done);
    const move = (offset: number): number =>
      offset + (moves.findLast(({ start }) => start <= offset)?.by ?? 0);
    return { text: result, shifts, move };
  }

  private add(start: number, end: number, text: string, rank: Rank, order: number): void {
    if (text !== '' || end > start) {
      this.replacements.push({ start, end, text, rank, order });
    }
  }
}

/** The same text with a space for each character; lines stay. */
export function blankOf(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ');
}

/** The column in the old text for a column in the new one. */
export function formerColumn(shifts: readonly Shift[], line: number, column: number): number {
  let moved = 0;
  for (const shift of shifts) {
    if (shift.line !== line || column < shift.column) {
      continue;
    }
    if (column < shift.column + shift.length) {
      return shift.column + moved;
    }
    moved += shift.former - shift.length;
  }
  return column + moved;
}
