import type { ErrorRecord } from '../../protocol';
import { excerpt } from '../../source';
import type { MagicCall } from './magic';

/**
 * An error in a source that came from below a magic's line, with its places as those of the cell.
 *
 * @param label - what people call the cell.
 * @param isOwn - tells which file names mean this source; places in other files stay.
 */
export function placeInCell(
  error: ErrorRecord,
  { cell, line: offset }: MagicCall,
  label: string,
  isOwn: (file: string) => boolean
): ErrorRecord {
  const { where, stack } = error;
  const placed: ErrorRecord = { ...error };
  if (where && isOwn(where.file)) {
    const line = where.line === undefined ? undefined : where.line + offset;
    placed.where = { ...where, file: label, ...(line !== undefined && { line }) };
    if (line !== undefined) {
      placed.excerpt = excerpt(cell, line, where.column);
    }
  }
  if (stack) {
    placed.stack = stack.map(call => placeCall(call, offset, label, isOwn));
  }
  return placed;
}

/** A call such as `run (index.ts:3:33)` or `index.ts:3:1`. */
function placeCall(
  call: string,
  offset: number,
  label: string,
  isOwn: (file: string) => boolean
): string {
  const match = /^(.* \()?(.+?):(\d+):(\d+)(\)?)$/.exec(call);
  if (!match || !isOwn(match[2]!)) {
    return call;
  }
  const [, before = '', , line, column, after] = match;
  return `${before}${label}:${Number(line) + offset}:${column}${after}`;
}
