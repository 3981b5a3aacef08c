import type { TranslationBundle } from '@jupyterlab/translation';
import type { ChatMessage, Handled } from '../../protocol';
import { isShown } from './entry';
import type { WholeConversation } from './read-conversation';

/** The forms in which a conversation can be kept. */
export const exportFormats = ['markdown', 'notebook', 'ndjson'] as const;

/** A form in which a conversation can be kept. */
export type ExportFormat = (typeof exportFormats)[number];

/** How the file of each form ends. */
export const exportExtensions: Readonly<Record<ExportFormat, string>> = {
  markdown: '.md',
  notebook: '.ipynb',
  ndjson: '.ndjson'
};

/** A conversation as the text of a file. */
export function exportConversation(
  conversation: WholeConversation,
  format: ExportFormat,
  trans: TranslationBundle
): string {
  switch (format) {
    case 'markdown':
      return markdownOf(conversation, trans);
    case 'notebook':
      return `${JSON.stringify(notebookOf(conversation, trans), null, 1)}\n`;
    case 'ndjson':
      return conversation.messages.map(message => `${JSON.stringify(message)}\n`).join('');
  }
}

function markdownOf({ room, messages }: WholeConversation, trans: TranslationBundle): string {
  const parts = messages.filter(isKept).map(message => {
    const { user, time, handled } = message;
    const head = `**${escapeMarkdown(user.name)}**, ${writtenTime(time)}`;
    const note = handled && !user.bot ? `*${escapeMarkdown(outcomeWords(handled, trans))}*` : '';
    return [head, wordsOf(message), note].filter(Boolean).join('\n\n');
  });
  const title = trans.__('Conversation in %1', escapeMarkdown(room));
  return `${[`# ${title}`, ...parts].join('\n\n')}\n`;
}

/**
 * A notebook of our kernel: what people said as cells that say it again, what the bot answered as
 * their outputs.
 */
function notebookOf({ room, messages, self }: WholeConversation, trans: TranslationBundle): object {
  const title = `# ${trans.__('Conversation in %1', escapeMarkdown(room))}`;
  const cells: NotebookCell[] = [markdownCell('title', title)];
  for (const message of messages.filter(isKept)) {
    const { user, seq } = message;
    const last = cells.at(-1)!;
    if (!user.bot) {
      cells.push(codeCell(`message-${seq}`, chatCall(message, room, self)));
    } else if (last.cell_type === 'code' && (message.answers !== undefined || !message.notice)) {
      last.outputs.push({
        output_type: 'display_data',
        data: { 'text/markdown': wordsOf(message), 'text/plain': wordsOf(message) },
        metadata: {}
      });
    } else {
      cells.push(markdownCell(`message-${seq}`, wordsOf(message)));
    }
  }
  return {
    cells,
    metadata: {
      kernelspec: {
        name: 'chatops',
        display_name: 'TypeScript (ChatOps)',
        language: 'typescript'
      },
      language_info: { name: 'typescript', file_extension: '.ts' }
    },
    nbformat: 4,
    nbformat_minor: 5
  };
}

type NotebookCell =
  | { cell_type: 'markdown'; id: string; metadata: object; source: string }
  | {
      cell_type: 'code';
      id: string;
      metadata: object;
      source: string;
      execution_count: null;
      outputs: object[];
    };

function markdownCell(id: string, source: string): NotebookCell {
  return { cell_type: 'markdown', id, metadata: {}, source };
}

function codeCell(id: string, source: string): NotebookCell {
  return { cell_type: 'code', id, metadata: {}, source, execution_count: null, outputs: [] };
}

/** The call that says the same again: as another person where it was one, and where it was said. */
function chatCall({ text, user }: ChatMessage, room: string, self: string): string {
  const options = {
    ...(user.id !== self && { user: user.name }),
    ...(room !== 'general' && { room })
  };
  const words = JSON.stringify(text);
  return Object.keys(options).length === 0
    ? `await chat(${words})`
    : `await chat(${words}, ${JSON.stringify(options)})`;
}

function isKept(message: ChatMessage): boolean {
  return isShown(message) && !message.deleted;
}

function wordsOf({ text, error }: ChatMessage): string {
  return error && text === '' ? [error.message, error.hint].join('\n') : text;
}

function outcomeWords({ outcome, skill = '', score }: Handled, trans: TranslationBundle): string {
  switch (outcome) {
    case 'unmatched':
      return trans.__('no skill matched');
    case 'answered':
      return score === undefined
        ? trans.__('answered by %1', skill)
        : trans.__('answered by %1, score %2', skill, score.toFixed(3));
    default:
      return `${skill} ${outcome}`.trim();
  }
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, String.raw`\$&`);
}

/** Date and time of the reader's zone, such as `2026-11-22 16:25`. */
function writtenTime(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What a file with something of a room is called, without its ending. */
export function fileNameOf(kind: string, room: string): string {
  const name = room.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '');
  return name === '' ? kind : `${kind}-${name}`;
}
