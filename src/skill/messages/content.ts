import { textOfBlocks, type HostContent } from '../../engine';
import type { Block } from '../../protocol';
import type { Content } from '../api';
import { isPart } from '../part';

/** What a skill says, as data: text alone, or blocks with the same in words. */
export function toHostContent(content: Content): HostContent {
  if (typeof content === 'string') {
    return { text: content };
  }
  const items = Array.isArray(content) ? (content as unknown[]) : [content];
  if (items.some(isPart) && items.every(item => isPart(item) || typeof item === 'string')) {
    const blocks = items.map((item): Block =>
      isPart(item) ? { ...item } : { type: 'markdown', text: item as string }
    );
    return { text: textOfBlocks(blocks), blocks };
  }
  return { text: JSON.stringify(content) ?? String(content) };
}
