/** A notebook's cell, as JupyterLab hands it over when it is dragged. */
export interface DraggedCell {
  readonly cell_type?: string;
  readonly source?: string | readonly string[];
}

/** Cells as one writes them in a chat: code between fences, everything else as it stands. */
export function textOfCells(cells: readonly DraggedCell[], language = ''): string {
  return cells
    .map(({ cell_type, source = '' }) => {
      const text = typeof source === 'string' ? source : source.join('');
      return cell_type === 'code' && text.trim() !== '' ? fenced(text, language) : text;
    })
    .filter(text => text.trim() !== '')
    .join('\n\n');
}

/** A text as a fenced block of Markdown, whatever fences stand in it. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language.replace(/[^\w+#.-]/g, '')}\n${text.replace(/\n$/, '')}\n${fence}`;
}
