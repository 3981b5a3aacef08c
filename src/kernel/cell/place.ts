import type { originalPosition, placeInMap, Position } from '../../source';
import { readableText, type CellProgram } from './program';
import { formerColumn } from './text-edits';

/** What is needed to find places; not everyone has it at hand. */
export interface PlaceTools {
  originalPosition: typeof originalPosition;
  placeInMap: typeof placeInMap;
}

/** A place in a program's code as one in what the author wrote; nothing for code that was put around it. */
export function placeInCell(
  program: CellProgram,
  line: number,
  column: number,
  tools: PlaceTools
): Position | undefined {
  return placeInStripped(program, line, formerColumn(program.shifts, line, column), tools);
}

/** The same for a place in the cell's text without types. */
export function placeInStripped(
  program: CellProgram,
  line: number,
  column: number,
  { originalPosition, placeInMap }: PlaceTools
): Position | undefined {
  if (program.map === undefined && line > program.text.split('\n').length) {
    // What is put around a cell that awaits.
    return undefined;
  }
  const place =
    program.map === undefined
      ? originalPosition(readableText(program), 'cell', { line, column })
      : placeInMap(program.map, { line, column });
  return place?.line === 1
    ? { line: 1, column: Math.max(1, place.column - program.lead) }
    : place && { line: place.line, column: place.column };
}
