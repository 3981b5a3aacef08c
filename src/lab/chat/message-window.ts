/** Which entries of a long conversation are on the page: from `start` up to and without `end`. */
export interface MessageWindow {
  readonly start: number;
  readonly end: number;
}

/** How many entries are on the page at first: more than one screen, and not much more. */
const FIRST = 24;

/** How many entries are put on the page at once, as one comes near to its end. */
const STEP = 30;

/** The most entries on the page; a longer conversation is shown through a window of this size. */
export const MOST_SHOWN = 120;

/** The same while one follows what is said: each of them makes the next one a little slower. */
export const MOST_FOLLOWED = 60;

/** The newest entries. */
export function newest(count: number): MessageWindow {
  return { start: Math.max(0, count - FIRST), end: count };
}

/** Moves the window to older entries, which lets go of the newest ones when there are too many. */
export function towardsOlder({ start, end }: MessageWindow): MessageWindow {
  const first = Math.max(0, start - STEP);
  return { start: first, end: Math.min(end, first + MOST_SHOWN) };
}

/** Moves the window to newer entries, which lets go of the oldest ones when there are too many. */
export function towardsNewer({ start, end }: MessageWindow, count: number): MessageWindow {
  const last = Math.min(count, end + STEP);
  return { start: Math.max(start, last - MOST_SHOWN), end: last };
}

/**
 * The window after the entries changed: it goes on showing the same ones.
 *
 * @param key - of the first entry that was shown.
 * @param follow - whether the newest entries were shown and shall be.
 */
export function carryOver(
  { start, end }: MessageWindow,
  key: string | undefined,
  entries: readonly { readonly key: string }[],
  follow: boolean
): MessageWindow {
  // Entries are mostly added at the end, where the place stays the same, or page by page above it.
  const place = entries[start]?.key === key ? start : entries.findIndex(entry => entry.key === key);
  if (place < 0) {
    return newest(entries.length);
  }
  if (follow) {
    // Many at once, and seldom: what goes away above has everything below it painted anew.
    const isFull = entries.length - place > MOST_FOLLOWED;
    return isFull ? newest(entries.length) : { start: place, end: entries.length };
  }
  return { start: place, end: Math.min(entries.length, place + end - start) };
}
