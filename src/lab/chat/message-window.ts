/** Which entries of a long conversation are on the page: from `start` up to and without `end`. */
export interface MessageWindow {
  readonly start: number;
  readonly end: number;
}

/** How many entries are put on the page at once. */
const STEP = 50;

/** The most entries on the page; a longer conversation is shown through a window of this size. */
export const MOST_SHOWN = 200;

/** The newest entries. */
export function newest(count: number): MessageWindow {
  return { start: Math.max(0, count - STEP), end: count };
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
  const last = follow ? entries.length : Math.min(entries.length, place + end - start);
  return { start: follow ? Math.max(place, last - MOST_SHOWN) : place, end: last };
}
