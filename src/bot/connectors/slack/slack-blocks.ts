import { textOfBlocks } from '../../../engine';
import type { Block, BlockOf, ChatMessage } from '../../../protocol';
import { escapeText, piecesOf, toMrkdwn } from './slack-text';

/** A block of Slack's Block Kit. */
export type SlackBlock = Record<string, unknown>;

/** One post of Slack: a long message takes several. */
export interface SlackPost {
  /** What is shown where blocks cannot be, such as in notifications. */
  text: string;
  blocks?: SlackBlock[];
}

// Slack's limits: https://docs.slack.dev/reference/block-kit/blocks
const LONGEST_SECTION = 3000;
const LONGEST_FIELD = 2000;
const LONGEST_TITLE = 150;
const LONGEST_LABEL = 75;
const LONGEST_VALUE = 2000;
const LONGEST_ALT = 2000;
const MOST_FIELDS = 10;
const MOST_BUTTONS = 25;
const MOST_BLOCKS = 50;

/** How long one post may be; Slack cuts off what is longer than 40,000 once it is escaped. */
const LONGEST_POST = 12_000;

/** The blocks this connector shows. */
export const slackBlockTypes: readonly Block['type'][] = [
  'text',
  'markdown',
  'code',
  'table',
  'card',
  'buttons',
  'progress',
  'file',
  'image',
  'video'
];

/** What a button carries through Slack and back. */
export interface Pressed {
  seq: number;
  block: string;
  value: string;
}

/** A message as posts of Slack. None for one that consists of files alone. */
export function postsOf({ seq, text, blocks }: ChatMessage): SlackPost[] {
  const shown = blocks?.filter(block => !isUpload(block));
  if (!blocks || !shown) {
    return text === ''
      ? []
      : piecesOf(text, LONGEST_POST).map(piece => ({ text: toMrkdwn(piece) }));
  }
  const all = shown.flatMap(block => slackBlocksOf(block, seq));
  const fallback = escapeText(textOfBlocks(shown).slice(0, LONGEST_SECTION)) || '…';
  const posts: SlackPost[] = [];
  for (let i = 0; i < all.length; i += MOST_BLOCKS) {
    posts.push({ text: fallback, blocks: all.slice(i, i + MOST_BLOCKS) });
  }
  return posts;
}

/** The files of a message whose content is to be sent. */
export function uploadsOf({ blocks = [] }: Pick<ChatMessage, 'blocks'>): Upload[] {
  return blocks.filter(isUpload);
}

/** A file, picture or film that comes with its content. */
export type Upload = BlockOf<'file' | 'image' | 'video'> & { data: string };

function isUpload(block: Block): block is Upload {
  return 'data' in block && block.data !== undefined;
}

function slackBlocksOf(block: Block, seq: number): SlackBlock[] {
  switch (block.type) {
    case 'text':
      return sections(escapeText, block.text);
    case 'markdown':
      return sections(toMrkdwn, block.text);
    case 'code':
      return sections(preformatted, block.text);
    case 'table':
      return sections(preformatted, textOfBlocks([block]));
    case 'card':
      return card(block);
    case 'buttons':
      return buttons(block, seq);
    case 'progress':
      return [{ type: 'context', elements: [mrkdwn(progress(block))] }];
    case 'image':
      return block.url?.startsWith('https:')
        ? [
            {
              type: 'image',
              image_url: block.url,
              alt_text: (block.alt ?? block.name ?? 'image').slice(0, LONGEST_ALT)
            }
          ]
        : sections(escapeText, textOfBlocks([block]));
    case 'file':
    case 'video':
      return sections(escapeText, textOfBlocks([block]));
  }
}

function card({ title, text, fields, url, tone }: BlockOf<'card'>): SlackBlock[] {
  const mark = { info: 'ℹ️ ', success: '✅ ', warning: '⚠️ ', error: '❌ ' };
  const name = `${tone ? mark[tone] : ''}*${escapeText(title.slice(0, LONGEST_TITLE))}*`;
  const head = url === undefined ? name : `${name}\n${escapeText(url)}`;
  const blocks: SlackBlock[] = [section(head), ...sections(toMrkdwn, text ?? '')];
  for (let i = 0; i < fields.length; i += MOST_FIELDS) {
    blocks.push({
      type: 'section',
      fields: fields
        .slice(i, i + MOST_FIELDS)
        .map(field =>
          mrkdwn(`*${escapeText(field.name)}*\n${escapeText(field.value)}`.slice(0, LONGEST_FIELD))
        )
    });
  }
  return blocks;
}

function buttons(block: BlockOf<'buttons'>, seq: number): SlackBlock[] {
  const { id, answer } = block;
  if (answer) {
    const by = answer.user ? ` – ${answer.user.name}` : '';
    return [{ type: 'context', elements: [mrkdwn(escapeText(`${answer.value}${by}`))] }];
  }
  const elements = block.buttons.map(({ label, value, style }, i) => ({
    type: 'button',
    action_id: `chatops:${i}`,
    text: {
      type: 'plain_text',
      text: label.slice(0, LONGEST_LABEL) || value.slice(0, LONGEST_LABEL)
    },
    value: JSON.stringify({ seq, block: id, value } satisfies Pressed),
    ...(style && { style })
  }));
  if (elements.some(({ value }) => value.length > LONGEST_VALUE)) {
    return sections(escapeText, textOfBlocks([block]));
  }
  const rows: SlackBlock[] = [];
  for (let i = 0; i < elements.length; i += MOST_BUTTONS) {
    rows.push({ type: 'actions', elements: elements.slice(i, i + MOST_BUTTONS) });
  }
  return rows;
}

function progress({ label, value, state }: BlockOf<'progress'>): string {
  const share = value === undefined ? '' : ` ${Math.round(value * 100)} %`;
  const marks = { running: `⏳ ${label}${share}`, done: `✅ ${label}`, failed: `❌ ${label}` };
  return escapeText(marks[state]);
}

function sections(markup: (text: string) => string, text: string): SlackBlock[] {
  return text.trim() === '' ? [] : fitting(markup, text, LONGEST_SECTION).map(section);
}

/** Pieces of a text that fit once they are marked up, which makes them longer. */
function fitting(markup: (text: string) => string, text: string, longest: number): string[] {
  const marked = markup(text);
  if (marked.length <= LONGEST_SECTION || longest < 100) {
    return [marked.slice(0, LONGEST_SECTION)];
  }
  const half = Math.min(longest, Math.ceil(text.length / 2) + 50);
  return piecesOf(text, half).flatMap(piece => fitting(markup, piece, Math.floor(half / 2)));
}

function preformatted(text: string): string {
  return `\`\`\`\n${escapeText(text)}\n\`\`\``;
}

function section(text: string): SlackBlock {
  return { type: 'section', text: mrkdwn(text) };
}

function mrkdwn(text: string): SlackBlock {
  return { type: 'mrkdwn', text };
}
