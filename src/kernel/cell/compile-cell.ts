import { compileParsed } from './compile';
import type { Lower } from './lowering';
import { parseCell } from './parse';
import type { CellProgram } from './program';
import { SessionNames } from './session-names';

/**
 * Reads a cell of TypeScript or JavaScript.
 *
 * @param file - what errors call it.
 * @param session - what earlier cells declared; takes note of what this one does.
 * @param lower - rewrites syntax that V8 does not know, such as decorators.
 * @throws ChatOpsError `CHATOPS_SKILL_SYNTAX` with line, column and excerpt.
 */
export function compileCell(
  text: string,
  file: string,
  session = new SessionNames(),
  lower?: Lower
): CellProgram {
  return compileParsed(text, parseCell(text, file, lower), session);
}
