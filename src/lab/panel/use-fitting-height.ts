import { useEffect, useLayoutEffect, type RefObject } from 'react';

/** Browsers that know `field-sizing` do by themselves what else has the whole page laid out anew. */
const FITS_BY_ITSELF = CSS.supports('field-sizing', 'content');

/** Keeps an input as high as its text; the style sheet sets the limit. */
export function useFittingHeight(input: RefObject<HTMLTextAreaElement>, text: string): void {
  // The text is what makes it higher, though nothing here reads it.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useLayoutEffect(() => fitHeight(input.current!), [input, text]);
  useEffect(() => {
    const observer = new ResizeObserver(() => fitHeight(input.current!));
    observer.observe(input.current!.parentElement!);
    return () => observer.disconnect();
  }, [input]);
}

function fitHeight(input: HTMLTextAreaElement): void {
  if (FITS_BY_ITSELF) {
    return;
  }
  input.style.height = 'auto';
  input.style.height = `${input.scrollHeight}px`;
}
