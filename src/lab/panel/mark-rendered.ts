import type { Span } from '../../protocol';

/** By this name the style sheet knows what is marked. */
const NAME = 'chatops-matched';

/**
 * Marks a part of a text where JupyterLab has rendered it, without touching what it rendered: the
 * words of the part are looked for in what one reads. Where markup cuts them to pieces, or the browser
 * knows no highlights of its own, nothing is marked.
 *
 * @returns takes the mark away again.
 */
export function markRendered(
  node: HTMLElement,
  text: string,
  span: Span
): (() => void) | undefined {
  const words = text.slice(span.start, span.end);
  const range = words.trim() === '' ? undefined : find(node, words, countBefore(text, words, span));
  if (!range || typeof Highlight === 'undefined') {
    return undefined;
  }
  const marked = CSS.highlights.get(NAME) ?? new Highlight();
  CSS.highlights.set(NAME, marked);
  marked.add(range);
  return () => void marked.delete(range);
}

/** How often words stand in a text before the place that is meant. */
function countBefore(text: string, words: string, { start }: Span): number {
  return text.slice(0, start).split(words).length - 1;
}

function find(node: HTMLElement, words: string, skip: number): Range | undefined {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  for (let part = walker.nextNode(); part; part = walker.nextNode()) {
    const { data } = part as Text;
    for (let at = data.indexOf(words); at >= 0; at = data.indexOf(words, at + words.length)) {
      if (skip-- === 0) {
        const range = new Range();
        range.setStart(part, at);
        range.setEnd(part, at + words.length);
        return range;
      }
    }
  }
  return undefined;
}
