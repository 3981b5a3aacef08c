import { useEffect, useRef, useState, type RefObject } from 'react';

/** What makes something that is too large for its place reachable by keyboard and known to a screen reader. */
export interface ScrollableProps<T> {
  ref: RefObject<T>;
  tabIndex?: 0;
  role?: 'group';
  'aria-label'?: string;
}

/** Watches whether something is larger than its place; only then does it need a stop for the Tab key. */
export function useScrollable<T extends HTMLElement>(label: string): ScrollableProps<T> {
  const ref = useRef<T>(null);
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    const node = ref.current!;
    const observer = new ResizeObserver(() => setWide(isOverflowing(node)));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  return isWide ? { ref, tabIndex: 0, role: 'group', 'aria-label': label } : { ref };
}

/** The same for the code, tables and formulas inside something that was rendered from Markdown. */
export function watchScrollables(host: HTMLElement): () => void {
  const observer = new ResizeObserver(entries => {
    for (const { target } of entries) {
      if (isOverflowing(target)) {
        target.setAttribute('tabindex', '0');
      } else {
        target.removeAttribute('tabindex');
      }
    }
  });
  host.querySelectorAll('pre, table, p').forEach(node => observer.observe(node));
  return () => observer.disconnect();
}

function isOverflowing(node: Element): boolean {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = node;
  // The letters of a paragraph may be higher than its lines; only a formula makes it too wide.
  return scrollWidth > clientWidth || (scrollHeight > clientHeight && node.tagName !== 'P');
}
