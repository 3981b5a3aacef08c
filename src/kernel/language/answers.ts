import type { Completion } from '../thread';

/** A place in a document; both count from 0, characters as UTF-16 code units. */
export interface DocumentPosition {
  line: number;
  character: number;
}

/** A stretch of a document. */
export interface DocumentRange {
  start: DocumentPosition;
  end: DocumentPosition;
}

/** The parts of a server's completion that are used here. */
export interface CompletionItem {
  label: string;
  kind?: number;
  sortText?: string;
  insertText?: string;
  textEdit?: { range: DocumentRange; newText: string };
}

/** What a server answers about the thing under a cursor. */
export interface Hover {
  contents: { value: string };
}

/** What a server answers about the call around a cursor. */
export interface SignatureHelp {
  signatures: {
    label: string;
    documentation?: { value: string };
    parameters?: { label: string; documentation?: { value: string } }[];
    activeParameter?: number;
  }[];
  activeSignature?: number;
  activeParameter?: number;
}

/** A problem as a server tells it. */
export interface Diagnostic {
  range: DocumentRange;
  /** 1 for an error. */
  severity?: number;
  code?: number | string;
  message: string;
}

/** What the server's kinds of completions are called in Jupyter, where they have icons. */
const kinds: Record<number, string> = {
  2: 'function',
  3: 'function',
  4: 'class',
  5: 'property',
  6: 'variable',
  7: 'class',
  8: 'interface',
  9: 'module',
  10: 'property',
  12: 'constant',
  13: 'enum',
  14: 'keyword',
  17: 'path',
  19: 'path',
  20: 'enum member',
  21: 'constant',
  25: 'type parameter'
};

const FILES = new Set([17, 19]);

/**
 * A server's completions as Jupyter wants them: all for one stretch of the text.
 *
 * @param cursor - in the text of the editor, in UTF-16 code units.
 * @param offsetOf - where a place of the server's document is in that text.
 */
export function completionOf(
  items: readonly CompletionItem[],
  code: string,
  cursor: number,
  offsetOf: (position: DocumentPosition) => number
): Completion {
  const before = code.slice(0, cursor);
  const word = /[#\p{ID_Continue}$]*$/u.exec(before)![0];
  const segment = /[^/'"`]*$/.exec(before)![0];
  const placed = items.map(item => {
    const isFile = item.kind !== undefined && FILES.has(item.kind);
    const here = cursor - (isFile ? segment : word).length;
    const edit = item.textEdit;
    // Where something may be nothing, TypeScript would have its dot replaced, which Jupyter cannot.
    const isOptional = edit?.newText === `?.${item.label}`;
    return {
      start: edit && !isOptional ? offsetOf(edit.range.start) : here,
      text: isOptional ? item.label : (edit?.newText ?? item.insertText ?? item.label),
      type: kinds[item.kind ?? 0] ?? 'variable',
      order: item.sortText ?? ''
    };
  });
  const fitting = placed.filter(({ text, start }) => text.startsWith(code.slice(start, cursor)));
  const start = Math.min(cursor, ...fitting.map(item => item.start));
  return {
    matches: fitting
      .toSorted((a, b) => compare(a.order, b.order) || compare(a.text, b.text))
      .map(item => ({ text: code.slice(start, item.start) + item.text, type: item.type })),
    start,
    end: cursor
  };
}

/** A hover as Markdown, without words about how the name came into the cell. */
export function hoverMarkdown({ contents }: Hover): string | undefined {
  const text = withoutFileLinks(contents.value.replace(/^(```\w*\n)\(alias\) /, '$1').trim());
  // Nothing is known of it.
  return /^```\w*\nany\n```$/.test(text) ? undefined : text;
}

/** The call around a cursor as Markdown: its signature, the parameter at hand, what it does. */
export function signatureMarkdown(help: SignatureHelp): string | undefined {
  const index = help.activeSignature ?? 0;
  const signature = help.signatures[index];
  if (!signature) {
    return undefined;
  }
  const parameter = signature.parameters?.[signature.activeParameter ?? help.activeParameter ?? 0];
  const others = help.signatures.length - 1;
  return [
    `\`\`\`typescript\n${signature.label}\n\`\`\``,
    parameter &&
      [`**\`${parameter.label}\`**`, parameter.documentation?.value].filter(Boolean).join(' — '),
    signature.documentation && withoutFileLinks(signature.documentation.value),
    others > 0 && `and ${others} more ${others === 1 ? 'way' : 'ways'} to call it`
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Nobody can follow a link into the files of the types. */
function withoutFileLinks(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\(file:[^)]*\)/g, '`$1`');
}

/** Markdown as a terminal shows it well: code without its fences. */
export function plainTextOf(markdown: string): string {
  return markdown
    .replace(/^```\w*\n?/gm, '')
    .replace(/\*{1,2}(@?\w+|`[^`]+`)\*{1,2}/g, '$1')
    .replaceAll('`', '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
