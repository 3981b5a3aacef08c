/** A cell of a notebook that is written as a file. */
export interface CellText {
  readonly source: string;
  readonly type?: 'code' | 'markdown';
}

/** A notebook as the text of its file, with a kernel; ours unless another one is named. */
export function notebookFile(cells: readonly (string | CellText)[], kernel = 'chatops'): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec:
        kernel === 'chatops'
          ? { name: 'chatops', display_name: 'TypeScript (ChatOps)', language: 'typescript' }
          : { name: kernel, display_name: 'Python 3 (ipykernel)', language: 'python' },
      language_info:
        kernel === 'chatops'
          ? {
              name: 'typescript',
              mimetype: 'application/typescript',
              codemirror_mode: 'typescript'
            }
          : { name: 'python', mimetype: 'text/x-python', codemirror_mode: 'python' }
    },
    cells: cells.map((cell, index) => {
      const { source, type = 'code' } = typeof cell === 'string' ? { source: cell } : cell;
      return type === 'code'
        ? {
            cell_type: type,
            id: `cell-${index}`,
            metadata: {},
            source,
            outputs: [],
            execution_count: null
          }
        : { cell_type: type, id: `cell-${index}`, metadata: {}, source };
    })
  });
}
