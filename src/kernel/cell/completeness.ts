import { ChatOpsError } from '../../protocol';
import type { Lower } from './lowering';
import { compileCell } from './compile-cell';

/** Whether a text is a whole cell: what a console asks when Enter is pressed. */
export type Completeness =
  { status: 'complete' } | { status: 'incomplete'; indent: string } | { status: 'invalid' };

/** What a parser says when the text ends in the middle of something, wherever it puts the blame. */
const UNTERMINATED = /^Unterminated (template|comment|string template)/i;

/** How far the next line is moved in after an opening bracket. */
const INDENT = '  ';

/** Judges whether a text is a whole cell, the beginning of one, or wrong whatever may follow. */
export function completenessOf(text: string, lower?: Lower): Completeness {
  try {
    compileCell(text, 'cell', undefined, lower);
    return { status: 'complete' };
  } catch (error) {
    return isAtEnd(error, text)
      ? { status: 'incomplete', indent: nextIndent(text) }
      : { status: 'invalid' };
  }
}

function isAtEnd(error: unknown, text: string): boolean {
  if (!(error instanceof ChatOpsError)) {
    return false;
  }
  const { where, message } = error.record;
  if (UNTERMINATED.test(message)) {
    return true;
  }
  const lines = text.trimEnd().split('\n');
  const last = { line: lines.length, column: lines.at(-1)!.length };
  const { line = 0, column = 0 } = where ?? {};
  return line > last.line || (line === last.line && column > last.column);
}

/** The indentation of the last line, and one step more when it opens a bracket. */
function nextIndent(text: string): string {
  const line = text.trimEnd().split('\n').at(-1)!;
  const indent = /^\s*/.exec(line)![0];
  return /[{([]$/.test(line) ? indent + INDENT : indent;
}
