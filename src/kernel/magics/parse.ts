import { isCellMagic, type MagicCall } from './magic';
import { wordsOf } from './words';

/** A magic that a cell calls, by its name. */
export interface NamedCall extends MagicCall {
  /** With its percent signs. */
  name: string;
}

/** A cell, taken apart. */
export interface ParsedCell {
  calls: NamedCall[];
  /** The TypeScript below the magics, on its own lines; nothing when there is none. */
  code: string | undefined;
}

/** A cell magic may hide in a comment, so that the cell stays valid TypeScript for editors. */
const MAGIC_LINE = /^\s*(?:(%[A-Za-z][\w-]*)|(?:\/\/\s*)?(%%[A-Za-z][\w-]*))(?:\s+(.*?))?\s*$/;

/** A cell with its first lines emptied; every offset stays what it is. */
export function withoutLines(cell: string, count: number): string {
  return cell
    .split('\n')
    .map((line, index) => (index < count ? ' '.repeat(line.length) : line))
    .join('\n');
}

/** Finds the magics on a cell's first lines. Further down, `%` is TypeScript's remainder. */
export function parseMagics(cell: string): ParsedCell {
  const lines = cell.split('\n');
  const calls: NamedCall[] = [];
  for (const [index, text] of lines.entries()) {
    const match = MAGIC_LINE.exec(text);
    if (match) {
      const name = (match[1] ?? match[2])!;
      const takesRest = isCellMagic(name);
      calls.push({
        name,
        args: wordsOf(match[3] ?? ''),
        body: takesRest ? lines.slice(index + 1).join('\n') : '',
        line: index + 1,
        cell
      });
      if (takesRest) {
        return { calls, code: undefined };
      }
      // Every offset stays what it is.
      lines[index] = ' '.repeat(text.length);
    } else if (text.trim() !== '') {
      break;
    }
  }
  const code = lines.join('\n');
  return { calls, code: code.trim() === '' ? undefined : code };
}
