import type { Diagnostic } from './answers';
import type { VirtualText } from './virtual-text';

/** A type error in a cell. Lines and columns count from 1. */
export interface TypeProblem {
  line: number;
  column: number;
  /** TypeScript's number for it. */
  code: number;
  message: string;
}

const ERROR = 1;

/** What is wrong in a module and right in a cell: assigning to a variable of an earlier cell. */
const RIGHT_IN_CELLS = new Set([2588, 2628, 2629, 2630, 2631, 2632, 2539]);

/** What TypeScript says of `const x = x + 1` where the second `x` is that of an earlier cell. */
const ABOUT_ITSELF = new Set([2448, 2449, 2450, 2454, 7022]);

/**
 * The errors among what a server tells of a cell, at their places in it.
 *
 * @param redeclared - names that the cell declares and earlier cells declared as well.
 */
export function problemsOf(
  diagnostics: readonly Diagnostic[],
  virtual: VirtualText,
  redeclared: ReadonlySet<string>
): TypeProblem[] {
  return diagnostics
    .filter(({ severity, code, range }) => {
      const number = Number(code);
      const start = virtual.offsetOf(range.start);
      const named = virtual.slice(start, virtual.offsetOf(range.end));
      return (
        severity === ERROR &&
        virtual.contains(range.start) &&
        !RIGHT_IN_CELLS.has(number) &&
        !(ABOUT_ITSELF.has(number) && redeclared.has(named))
      );
    })
    .map(({ range, code, message }) => {
      const { line, column } = virtual.placeOf(range.start);
      return { line, column, code: Number(code), message };
    })
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
}
