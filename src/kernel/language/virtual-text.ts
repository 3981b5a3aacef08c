import type { DocumentPosition } from './answers';

/** A text as a language server sees it: with lines above and below that its author did not write. */
export class VirtualText {
  /** The whole document. */
  readonly text: string;

  private readonly above: number;

  /**
   * @param file - the file that the server takes it for.
   * @param above - whole lines.
   */
  constructor(
    readonly file: string,
    private readonly code: string,
    above = '',
    below = ''
  ) {
    this.text = above + code + below;
    this.above = above.split('\n').length - 1;
  }

  /** Where an offset of the author's text is in the document. */
  positionOf(offset: number): DocumentPosition {
    const before = this.code.slice(0, offset);
    const line = before.split('\n').length - 1;
    return { line: line + this.above, character: offset - (before.lastIndexOf('\n') + 1) };
  }

  /** The same the other way round; the nearest offset for a place outside of the author's text. */
  offsetOf({ line, character }: DocumentPosition): number {
    if (line < this.above) {
      return 0;
    }
    let start = 0;
    for (let i = this.above; i < line; i++) {
      const end = this.code.indexOf('\n', start);
      if (end < 0) {
        return this.code.length;
      }
      start = end + 1;
    }
    return Math.min(this.code.length, start + character);
  }

  /** A place of the document as line and column of the author's text, both counted from 1. */
  placeOf({ line, character }: DocumentPosition): { line: number; column: number } {
    return { line: line - this.above + 1, column: character + 1 };
  }

  /** A part of the author's text. */
  slice(start: number, end: number): string {
    return this.code.slice(start, end);
  }

  /** True for a place in the author's text. */
  contains({ line }: DocumentPosition): boolean {
    return line >= this.above && line - this.above < this.code.split('\n').length;
  }
}
