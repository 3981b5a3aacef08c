import { rows } from './scroll-keeper';

/**
 * Walks through messages by keyboard: the arrows go from one to the next, Home and End to the first
 * and the last one on the page, Escape back to the input. Keys inside a message's controls are theirs.
 */
export function moveFocus(
  event: React.KeyboardEvent,
  list: HTMLElement,
  toInput: () => void
): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    toInput();
    return;
  }
  const all = rows(list);
  const at = all.indexOf(event.target as HTMLElement);
  if (at < 0 && event.target !== list) {
    return;
  }
  const target = targetOf(event.key, at, all.length);
  if (target !== undefined && all[target]) {
    event.preventDefault();
    all[target].focus();
  }
}

/** Where a key leads from a row, or from the list itself, which counts as below its last row. */
function targetOf(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return at < 0 ? count - 1 : Math.max(0, at - 1);
    case 'ArrowDown':
      return at < 0 ? count - 1 : Math.min(count - 1, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
