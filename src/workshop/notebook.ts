import { parse } from 'yaml';

/** A cell of a notebook, as nbformat 4.5 writes it. Source: https://nbformat.readthedocs.io */
export type NotebookCell =
  | { cell_type: 'markdown'; id: string; metadata: Record<string, unknown>; source: string[] }
  | {
      cell_type: 'code';
      id: string;
      metadata: Record<string, unknown>;
      source: string[];
      execution_count: null;
      outputs: [];
    };

/** A notebook without outputs. */
export interface Notebook {
  cells: NotebookCell[];
  metadata: Record<string, unknown>;
  nbformat: 4;
  nbformat_minor: 5;
}

/** What stands in the place of a cell's options when it has none. */
interface CellOptions {
  /** The cell's id. */
  name?: string;
  [key: string]: unknown;
}

/**
 * Makes a notebook from MyST-flavoured Markdown: the form in which workshops are written, and which
 * jupytext reads too.
 *
 * `{code-cell}` blocks become code cells, with their options as metadata and `:name:` as id; what
 * lies between them becomes Markdown cells, a new one at each heading of the first two levels and
 * at each `+++`. A target such as `(strict)=` on a line of its own names the cell that begins there.
 * Ids are the same every time, so that tools can point at a cell.
 *
 * Source of the format: https://mystmd.org/guide/notebooks-with-markdown
 */
export function notebookFromMarkdown(text: string): Notebook {
  const { metadata, body } = splitFrontMatter(text);
  const blocks = splitBlocks(body);
  // A name that the author gave is kept, whatever the headings around it are called.
  const ids = new Set(
    blocks.flatMap(block => (block.kind === 'code' ? block.options.name : block.target) ?? [])
  );
  const cells = blocks.map((block, i): NotebookCell => {
    if (block.kind === 'code') {
      const { name, ...options } = block.options;
      const id = name ?? unique(`code-${i}`, ids);
      return {
        cell_type: 'code',
        id,
        metadata: options,
        source: toLines(block.text),
        execution_count: null,
        outputs: []
      };
    }
    const id = block.target ?? unique(slug(block.text) || `text-${i}`, ids);
    return { cell_type: 'markdown', id, metadata: {}, source: toLines(block.text) };
  });
  const kernelspec = metadata.kernelspec as Record<string, unknown> | undefined;
  return {
    cells,
    metadata: {
      ...(kernelspec && { kernelspec }),
      language_info: { name: kernelspec?.language ?? 'typescript' }
    },
    nbformat: 4,
    nbformat_minor: 5
  };
}

/** A notebook as the text of its file, the way Jupyter writes it. */
export function formatNotebook(notebook: Notebook): string {
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

type Block =
  | { kind: 'markdown'; text: string; target?: string }
  | { kind: 'code'; text: string; options: CellOptions };

function splitFrontMatter(text: string): { metadata: Record<string, unknown>; body: string } {
  const match = /^---\n([\s\S]*?)\n---\n/.exec(text);
  return match
    ? { metadata: parse(match[1]!) as Record<string, unknown>, body: text.slice(match[0].length) }
    : { metadata: {}, body: text };
}

function splitBlocks(body: string): Block[] {
  const blocks: Block[] = [];
  let text: string[] = [];
  /** What the text that begins next is called. */
  let target: string | undefined;
  const endText = (): void => {
    const joined = text.join('\n').trim();
    if (joined !== '') {
      blocks.push({ kind: 'markdown', text: joined, ...(target !== undefined && { target }) });
      target = undefined;
    }
    text = [];
  };
  const lines = body.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const named = /^\(([\w-]+)\)=$/.exec(line);
    const fence = /^(`{3,})(.*)$/.exec(line);
    if (fence) {
      const end = lines.indexOf(fence[1]!, i + 1);
      const inner = lines.slice(i + 1, end);
      if (fence[2]!.startsWith('{code-cell}')) {
        endText();
        blocks.push(codeBlock(inner));
      } else {
        // Any other fenced block is part of the text, whatever it holds.
        text.push(...lines.slice(i, end + 1));
      }
      i = end;
    } else if (named) {
      endText();
      target = named[1]!;
    } else if (line.startsWith('+++')) {
      endText();
    } else {
      if (/^##? /.test(line)) {
        endText();
      }
      text.push(line);
    }
  }
  endText();
  return blocks;
}

/** Options come first, as `:key: value` lines or as YAML between lines of dashes. */
function codeBlock(lines: string[]): Block {
  const isYaml = lines[0] === '---';
  const end = isYaml ? lines.indexOf('---', 1) : lines.findIndex(line => !/^:[\w-]+:/.test(line));
  const head = isYaml
    ? lines.slice(1, end)
    : lines.slice(0, end).map(line => line.replace(/^:([\w-]+):/, '$1:'));
  const options = (parse(head.join('\n')) ?? {}) as CellOptions;
  return { kind: 'code', text: lines.slice(isYaml ? end + 1 : end).join('\n'), options };
}

/** A cell's id from its first words: what nbformat allows, and no more than needed. */
function slug(text: string): string {
  return (text.split('\n', 1)[0] ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .normalize('NFD')
    .replace(/[^a-z0-9-]/g, '')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}

function unique(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let i = 2; taken.has(id); i++) {
    id = `${wanted}-${i}`;
  }
  taken.add(id);
  return id;
}

/** nbformat keeps a source as its lines, each with its end. */
function toLines(text: string): string[] {
  return text.split(/(?<=\n)/);
}
