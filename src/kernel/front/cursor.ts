/**
 * Where a cursor of the Jupyter protocol stands in a text. Jupyter counts Unicode code points,
 * JavaScript counts UTF-16 code units.
 */
export function toCodeUnits(text: string, codePoints: number): number {
  let units = 0;
  for (const character of text) {
    if (codePoints-- <= 0) {
      break;
    }
    units += character.length;
  }
  return units;
}

/** The same the other way round. */
export function toCodePoints(text: string, codeUnits: number): number {
  return Array.from(text.slice(0, codeUnits)).length;
}
