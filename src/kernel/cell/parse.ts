import { originalPosition, stripTypes, syntaxErrorAt } from '../../source';
import { needsLowering, type Lower } from './lowering';
import { mayBeObject, parseObject, parsePlain, parseProgram, type ParsedCell } from './parse-plain';
import { wrapObject } from './program';

/**
 * Parses a cell.
 *
 * @param file - what errors call it.
 * @param lower - rewrites what V8 does not know; without it, such a cell is an error.
 * @throws ChatOpsError `CHATOPS_SKILL_SYNTAX` with line, column and excerpt.
 */
export function parseCell(text: string, file: string, lower?: Lower): ParsedCell {
  return parsePlain(text) ?? parseTyped(text, file, lower);
}

/** Parses a cell that is more than plain JavaScript, see {@link parseCell}. */
export function parseTyped(text: string, file: string, lower?: Lower): ParsedCell {
  if (lower && needsLowering(text)) {
    return parseLowered(text, file, lower);
  }
  return (
    parseObject(text, object => stripTypes(object, file, 'cell')) ?? parseStatements(text, file)
  );
}

function parseLowered(text: string, file: string, lower: Lower): ParsedCell {
  const isObject = mayBeObject(text) ? lower(wrapObject(text)) : undefined;
  const lowered = isObject && 'code' in isObject ? isObject : lower(text);
  if ('reason' in lowered) {
    throw syntaxErrorAt(text, file, lowered.reason, lowered);
  }
  const { code, map } = lowered;
  return { code, map, lead: lowered === isObject ? 1 : 0, program: parseProgram(code, true) };
}

function parseStatements(text: string, file: string): ParsedCell {
  const code = stripTypes(text, file, 'cell');
  try {
    return { code, program: parseProgram(code), lead: 0 };
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc: { line: number; column: number } };
    throw syntaxErrorAt(
      text,
      file,
      message.replace(/ \(\d+:\d+\)$/, ''),
      originalPosition(text, 'cell', { line: loc.line, column: loc.column + 1 })
    );
  }
}
