import { markup, type Html } from './html';

/** How wide a column of plain text may get, in characters. */
const WIDEST = 60;

const left = 'text-align:left';
const right = 'text-align:right';

/** A table as HTML: numbers to the right, everything else to the left. */
export function htmlTable(columns: readonly string[], rows: readonly (readonly unknown[])[]): Html {
  const aligned = columns.map((_, index) =>
    rows.every(row => isNumber(row[index])) && rows.length > 0 ? right : left
  );
  return markup`<table>
    <thead>
      <tr>
        ${columns.map((name, index) => markup`<th scope="col" style="${aligned[index]}">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        row => markup`<tr>
          ${row.map((value, index) => markup`<td style="${aligned[index]}">${value}</td>`)}
        </tr>`
      )}
    </tbody>
  </table>`;
}

/** A table without the columns in which nothing stands. */
export function withoutEmptyColumns<T>(
  columns: readonly string[],
  rows: readonly (readonly T[])[]
): { columns: string[]; rows: T[][] } {
  const kept = columns.map((_, index) => rows.some(row => row[index] !== ''));
  return {
    columns: columns.filter((_, index) => kept[index]),
    rows: rows.map(row => row.filter((_, index) => kept[index]))
  };
}

function isNumber(value: unknown): boolean {
  return value === '' || /^[-+]?[\d.,]+n?( %)?$/.test(String(value));
}

/** The same as plain text, its columns aligned. */
export function textTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[]
): string {
  const cells = [columns, ...rows].map(row => row.map(shorten));
  const widths = columns.map((_, index) =>
    Math.max(...cells.map(row => Array.from(row[index] ?? '').length))
  );
  const lines = cells.map(row =>
    row
      .map((text, index) => text + ' '.repeat(widths[index]! - Array.from(text).length))
      .join('  ')
      .trimEnd()
  );
  const rule = widths.map(width => '─'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function shorten(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ⏎ ');
  return line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line;
}
