import { compileParsed } from './compile';
import { parsePlain } from './parse-plain';
import type { CellProgram } from './program';
import type { SessionNames } from './session-names';

/** Reads a cell of plain JavaScript; nothing for one that is, or may be, more. */
export function compilePlain(text: string, session: SessionNames): CellProgram | undefined {
  const parsed = parsePlain(text);
  return parsed && compileParsed(text, parsed, session);
}
