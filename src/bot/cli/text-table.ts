/** A table for terminals: columns as wide as what is in them, the last one open. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head.map(cell => cell.toUpperCase()), ...rows];
  const widths = head.map((_, i) => Math.max(...all.map(row => [...row[i]!].length)));
  return all
    .map(row =>
      row
        .map((cell, i) => cell + ' '.repeat(widths[i]! - [...cell].length))
        .join('  ')
        .trimEnd()
    )
    .join('\n');
}
