/** A cell that holds a skill. */
export interface SkillCell {
  readonly name: string;
  /** The line of `%%skill`, counted from 1. The source begins on the next one. */
  readonly line: number;
  /** The skill's source: what running the cell writes to its file. */
  readonly body: string;
}

/** A line such as `%%skill hello --say hi`, or the same in a comment. */
const SKILL_LINE = /^\s*(?:\/\/\s*)?%%skill\s+(?<name>[^\s-]\S*)(?<options>.*)$/;

/** A line that calls another magic, such as `%typecheck off`; such lines may stand before. */
const MAGIC_LINE = /^\s*(?:\/\/\s*)?%[A-Za-z]/;

/** Takes a cell for a skill cell, if it is one. */
export function parseSkillCell(source: string): SkillCell | undefined {
  const lines = source.split('\n');
  for (const [index, text] of lines.entries()) {
    const name = SKILL_LINE.exec(text)?.groups!.name;
    if (name !== undefined) {
      return { name, line: index + 1, body: lines.slice(index + 1).join('\n') };
    }
    if (text.trim() !== '' && !MAGIC_LINE.test(text)) {
      return undefined;
    }
  }
  return undefined;
}

/** The part of a line that holds the options of `%%skill`, without the spaces around it. */
export function skillOptionsPlace(line: string): { start: number; end: number } | undefined {
  const match = SKILL_LINE.exec(line);
  const options = match?.groups!.options?.trim() ?? '';
  if (options === '') {
    return undefined;
  }
  const end = line.trimEnd().length;
  return { start: end - options.length, end };
}

/** Whether two sources are the same but for the blank end that editors add or take away. */
export function isSameSource(a: string, b: string): boolean {
  return a.trimEnd() === b.trimEnd();
}

/**
 * The line of a cell at which a line of the skill's file stands: the same one where the sources are
 * the same, or else the one nearest to it with the same text.
 *
 * @param line - in the file, counted from 1.
 * @returns the line in the cell, counted from 1.
 */
export function lineInCell({ body, line: offset }: SkillCell, file: string, line: number): number {
  const lines = body.split('\n');
  const wanted = file.split('\n')[line - 1];
  if (wanted === undefined || isSameSource(body, file)) {
    return offset + Math.min(line, lines.length);
  }
  const near = lines
    .flatMap((text, index) => (text.trim() === wanted.trim() ? [index + 1] : []))
    .toSorted((a, b) => Math.abs(a - line) - Math.abs(b - line));
  return offset + (near[0] ?? Math.min(line, lines.length));
}
