/** How many lines are shown before and after the one that is meant. */
const AROUND = 2;

/**
 * The lines around a place in a text, numbered, with a mark under the column.
 *
 * @param line - counted from 1.
 * @param column - counted from 1; no mark without it.
 *
 * @example
 * ```
 *   1 | import { matchRegex } from 'chatops';
 * > 2 | export const hello = matchRegex(/hi/);
 *     |                      ^
 * ```
 */
export function excerpt(text: string, line: number, column?: number): string {
  const lines = text.split(/\r?\n/);
  const first = Math.max(1, line - AROUND);
  const last = Math.min(lines.length, line + AROUND);
  const width = String(last).length;
  const rows: string[] = [];
  for (let number = first; number <= last; number++) {
    const code = lines[number - 1] ?? '';
    rows.push(
      `${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${code}`.trimEnd()
    );
    if (number === line && column !== undefined) {
      // Tabs are kept, so that the mark stands under its column however wide they are shown.
      const indent = code.slice(0, column - 1).replace(/[^\t]/g, ' ');
      rows.push(`  ${' '.repeat(width)} | ${indent}^`);
    }
  }
  return rows.join('\n');
}
