import type * as Typed from '../cell';
import type { Lower } from '../cell/lowering';
import type { CellProgram } from '../cell/program';
import type * as Plain from '../cell/compile-plain';
import type { SessionNames } from '../cell/session-names';

let plain: typeof Plain | undefined;
let typed: typeof Typed | undefined;

/**
 * Reads a cell, see {@link Typed.compileCell}. The parsers are the largest part of the kernel: what plain
 * JavaScript does without is loaded for the first cell that needs it, or when nobody waits.
 *
 * @throws ChatOpsError `CHATOPS_SKILL_SYNTAX` with line, column and excerpt.
 */
export async function readCell(
  text: string,
  file: string,
  session: SessionNames,
  lower: Lower
): Promise<CellProgram> {
  return (
    (await plainReader()).compilePlain(text, session) ??
    (await cellReader()).compileCell(text, file, session, lower)
  );
}

/** What reads plain JavaScript. */
export async function plainReader(): Promise<typeof Plain> {
  return (plain ??= await import(/* webpackChunkName: "kernel-cell" */ '../cell/compile-plain'));
}

/** What reads any cell. */
export async function cellReader(): Promise<typeof Typed> {
  return (typed ??= await import(/* webpackChunkName: "kernel-typed-cell" */ '../cell'));
}
