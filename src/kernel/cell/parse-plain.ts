import { parse, type Program } from 'acorn';
import { needsLowering } from './lowering';
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

/** What may be an object and not a block. */
const OBJECT = /^\s*\{[^]*\}\s*;?\s*$/;

/**
 * Parses a cell of plain JavaScript, which has no types to take out.
 *
 * @returns nothing for a cell that is, or may be, more than that: what are types in `f<T>(x)` would be
 * comparisons in JavaScript.
 */
export function parsePlain(text: string): ParsedCell | undefined {
  if (text.includes('<') || needsLowering(text)) {
    return undefined;
  }
  try {
    return parseObject(text, code => code) ?? { code: text, program: parseProgram(text), lead: 0 };
  } catch {
    return undefined;
  }
}

/**
 * Parses a cell such as `{ a: 1 }`, which means the object, not a block with a label.
 *
 * @param strip - takes the types out.
 * @returns nothing for any other cell.
 */
export function parseObject(text: string, strip: (text: string) => string): ParsedCell | undefined {
  if (!mayBeObject(text)) {
    return undefined;
  }
  try {
    const code = strip(wrapObject(text));
    const program = parseProgram(code);
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

/** A quick look before the close one. */
export function mayBeObject(text: string): boolean {
  return OBJECT.test(text);
}

/**
 * Parses JavaScript.
 *
 * @throws SyntaxError acorn's, with the place in `loc`.
 */
export function parseProgram(code: string, allowReturnOutsideFunction = false): Program {
  return parse(code, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    allowAwaitOutsideFunction: true,
    allowReturnOutsideFunction,
    allowHashBang: true
  });
}
