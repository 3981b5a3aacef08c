import { chatOpsError } from '../../../protocol';

/** The parts of a notebook that matter here. Source: https://nbformat.readthedocs.io */
interface NotebookFile {
  cells?: { cell_type?: string; source?: string | string[] }[];
  metadata?: { kernelspec?: { language?: string }; language_info?: { name?: string } };
}

/** The first line of a skill cell; it may hide in a comment. */
const SKILL_LINE = /^\s*(?:\/\/\s*)?%%skill\s+([\w-]+)\s*$/;

/** Lines that are the kernel's and not the program's. */
const MAGIC = /^\s*%%?[A-Za-z]/;

/** True for a notebook's file. */
export function isNotebook(file: string): boolean {
  return file.endsWith('.ipynb');
}

/**
 * The source of a skill in a notebook: its `%%skill` cell, the last one of that name; in a notebook
 * without such cells, all code cells in order.
 *
 * @param text - the notebook's file.
 * @param file - what errors call it.
 * @throws ChatOpsError `CHATOPS_SKILL_NOTEBOOK` or `CHATOPS_SKILL_PYTHON`.
 */
export function notebookSource(name: string, text: string, file: string): string {
  const notebook = parse(name, text, file);
  const { kernelspec, language_info: language } = notebook.metadata ?? {};
  if (/^i?python/i.test(kernelspec?.language ?? language?.name ?? '')) {
    throw chatOpsError('CHATOPS_SKILL_PYTHON', { name, path: file });
  }
  const cells = (notebook.cells ?? [])
    .filter(({ cell_type: type }) => type === 'code')
    .map(({ source = '' }) => (Array.isArray(source) ? source.join('') : source));
  const skills = cells.flatMap(cell => {
    const [first = '', ...rest] = cell.trimStart().split('\n');
    const [, skill] = SKILL_LINE.exec(first) ?? [];
    // An empty line stands where the name was, so that lines count as in the cell.
    return skill === undefined ? [] : [{ skill, source: ['', ...rest].join('\n') }];
  });
  if (skills.length === 0) {
    return cells.map(withoutMagics).join('\n\n');
  }
  const names = new Set(skills.map(({ skill }) => skill));
  const wanted = names.size === 1 ? skills[0]!.skill : name;
  const found = skills.findLast(({ skill }) => skill === wanted);
  if (!found) {
    const reason = `it has no cell \`%%skill ${name}\`, only ${[...names].join(', ')}`;
    throw chatOpsError('CHATOPS_SKILL_NOTEBOOK', { name, file, reason });
  }
  return found.source;
}

function parse(name: string, text: string, file: string): NotebookFile {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value;
    }
  } catch {
    // Told below.
  }
  throw chatOpsError('CHATOPS_SKILL_NOTEBOOK', { name, file, reason: 'it is no notebook' });
}

/** Magics stand on the first lines of a cell; a cell magic is the whole cell's. */
function withoutMagics(cell: string): string {
  const lines = cell.split('\n');
  let isHead = true;
  return lines
    .map(line => {
      isHead &&= line.trim() === '' || MAGIC.test(line);
      return isHead && line.trim() !== '' ? `// ${line.trim()}` : line;
    })
    .join('\n');
}
