import { markup, type Html } from './html';

/** How wide a column of plain text may get, in characters. */
const WIDEST = 60;

/** A table as HTML; its looks come from the page it is shown on. */
export function htmlTable(columns: readonly string[], rows: readonly (readonly unknown[])[]): Html {
  return markup`<table>
    <thead>
      <tr>
        ${columns.map(name => markup`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        row =>
          markup`<tr>
            ${row.map(value => markup`<td>${value}</td>`)}
          </tr> `
      )}
    </tbody>
  </table>`;
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
