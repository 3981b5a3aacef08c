import type { Block, BlockOf, ChatMessage } from '../../protocol';
import type { Capabilities } from '../connector';

/** A message's parts in words. */
export function textOfBlocks(blocks: readonly Block[]): string {
  return blocks
    .map(textOfBlock)
    .filter(text => text !== '')
    .join('\n');
}

/** A message as a connector can show it: the parts it does not know are put into words. */
export function degrade(message: ChatMessage, can: Capabilities | undefined): ChatMessage {
  if (!message.blocks) {
    return message;
  }
  const { blocks, ...rest } = message;
  if (!blocks.some(({ type }) => can?.blocks.has(type))) {
    return rest;
  }
  return {
    ...rest,
    blocks: blocks.map(block =>
      can!.blocks.has(block.type) ? block : { type: 'text', text: textOfBlock(block) }
    )
  };
}

function textOfBlock(block: Block): string {
  switch (block.type) {
    case 'text':
    case 'markdown':
    case 'code':
      return block.text;
    case 'table':
      return textOfTable(block);
    case 'card':
      return textOfCard(block);
    case 'buttons':
      return textOfButtons(block);
    case 'progress':
      return textOfProgress(block);
    case 'file':
    case 'image':
    case 'video':
      return [block.name ?? (block.type === 'image' ? block.alt : undefined), block.url]
        .filter(part => part !== undefined)
        .join(' ');
  }
}

function textOfTable({ columns, rows }: BlockOf<'table'>): string {
  const lines = columns.some(column => column !== '') ? [columns, ...rows] : rows;
  const widths = columns.map((_, i) => Math.max(...lines.map(line => line[i]?.length ?? 0)));
  return lines
    .map(line =>
      widths
        .map((width, i) => (line[i] ?? '').padEnd(width))
        .join('  ')
        .trimEnd()
    )
    .join('\n');
}

function textOfCard({ title, text, fields, url }: BlockOf<'card'>): string {
  return [
    title,
    ...(text ? [text] : []),
    ...fields.map(({ name, value }) => `${name}: ${value}`),
    ...(url ? [url] : [])
  ].join('\n');
}

function textOfButtons({ buttons, answer }: BlockOf<'buttons'>): string {
  if (answer) {
    return '';
  }
  const words = buttons.map(({ label, value }) =>
    label.toLowerCase() === value.toLowerCase() ? value : `${value} (${label})`
  );
  return `Answer with: ${words.join(', ')}`;
}

function textOfProgress({ label, value, state }: BlockOf<'progress'>): string {
  const share = value === undefined ? '' : ` ${Math.round(value * 100)} %`;
  return { running: `${label} …${share}`, done: `${label}: done`, failed: `${label}: failed` }[
    state
  ];
}
