import { parse, type Program } from 'acorn';
import { originalPosition, stripTypes, syntaxErrorAt } from '../../source';
import { needsLowering, type Lower } from './lowering';
import { wrapObject } from './program';

/** A cell without its types, and what it says. */
export interface ParsedCell {
  code: string;
  program: Program;
  /** 1 when a parenthesis was put in front to read the text as an object. */
  lead: 0 | 1;
  /** The source map of a text that was rewritten, as JSON. */
  map?: string;
}

/**
 * Parses a cell.
 *
 * @param file - what errors call it.
 * @param lower - rewrites what V8 does not know; without it, such a cell is an error.
 * @throws ChatOpsError `CHATOPS_SKILL_SYNTAX` with line, column and excerpt.
 */
export function parseCell(text: string, file: string, lower?: Lower): ParsedCell {
  if (lower && needsLowering(text)) {
    return parseLowered(text, file, lower);
  }
  return parseObjectLiteral(text, file) ?? parseStatements(text, file);
}

function parseLowered(text: string, file: string, lower: Lower): ParsedCell {
  const isObject = OBJECT.test(text) ? lower(wrapObject(text)) : undefined;
  const lowered = isObject && 'code' in isObject ? isObject : lower(text);
  if ('reason' in lowered) {
    throw syntaxErrorAt(text, file, lowered.reason, lowered);
  }
  const { code, map } = lowered;
  return { code, map, lead: lowered === isObject ? 1 : 0, program: parseCode(code, true) };
}

/** What may be an object and not a block. */
const OBJECT = /^\s*\{[^]*\}\s*;?\s*$/;

/** A cell such as `{ a: 1 }` means the object, not a block with a label. */
function parseObjectLiteral(text: string, file: string): ParsedCell | undefined {
  if (!OBJECT.test(text)) {
    return undefined;
  }
  try {
    const code = stripTypes(wrapObject(text), file, 'cell');
    const program = parseCode(code);
    const [statement, ...others] = program.body;
    return others.length === 0 &&
      statement?.type === 'ExpressionStatement' &&
      statement.expression.type === 'ObjectExpression'
      ? { code, program, lead: 1 }
      : undefined;
  } catch {
    return undefined;
  }
}

function parseCode(code: string, allowReturnOutsideFunction = false): Program {
  return parse(code, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    allowAwaitOutsideFunction: true,
    allowReturnOutsideFunction,
    allowHashBang: true,
    locations: true
  });
}

function parseStatements(text: string, file: string): ParsedCell {
  const code = stripTypes(text, file, 'cell');
  try {
    return { code, program: parseCode(code), lead: 0 };
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
