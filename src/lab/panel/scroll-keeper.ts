/** So near to the end, in pixels, one counts as reading the newest messages. */
const END = 40;

/** The attribute of controls that say something: whoever uses one wants to see the answer. */
export const SAYS = 'data-says';

/** The attribute by which a row is found again after its list was rendered anew. */
export const ROW_KEY = 'data-key';

/**
 * Keeps the place in a list that grows at both ends and inside: at its end, new rows come into sight;
 * anywhere else, what one reads does not move.
 *
 * Browsers anchor a scroll position too, but not all, and not at the very top.
 */
export class ScrollKeeper {
  private following = true;
  private lastTop = 0;
  private anchor: { key: string; top: number } | undefined;

  /** Whether the end of the list stays in sight. */
  get follows(): boolean {
    return this.following;
  }

  /** From now on the end stays in sight. */
  follow(): void {
    this.following = true;
  }

  /** Someone uses a control in a row: the row stays where it is, even if the list grows below it. */
  hold(list: HTMLElement, control: Element): void {
    const row = control.closest<HTMLElement>(`[${ROW_KEY}]`);
    if (row && !control.closest(`[${SAYS}]`)) {
      this.following = false;
      this.anchor = { key: row.dataset.key!, top: topIn(list, row) };
    }
  }

  /** How far it is to the end, in pixels. */
  distance({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number {
    return scrollHeight - scrollTop - clientHeight;
  }

  /**
   * Someone scrolled.
   *
   * @param hasEnd - whether the last row on the page is the last one there is.
   */
  note(list: HTMLElement, hasEnd: boolean): void {
    // What was added since this event was caused puts the end further away; only going up leaves it.
    const wentUp = list.scrollTop < this.lastTop;
    this.following = hasEnd && (this.distance(list) < END || (this.following && !wentUp));
    this.lastTop = list.scrollTop;
    // In the middle: what is above it may change its height, as when a row loses its heading.
    const row = this.following ? undefined : rowAt(list, list.clientHeight / 2);
    this.anchor = row && { key: row.dataset.key!, top: topIn(list, row) };
  }

  /** The list changed: puts it back to where it was. */
  settle(list: HTMLElement): void {
    if (this.following) {
      list.scrollTop = list.scrollHeight;
      this.lastTop = list.scrollTop;
      return;
    }
    const { anchor } = this;
    const row = anchor && rows(list).find(({ dataset }) => dataset.key === anchor.key);
    if (row) {
      const moved = topIn(list, row) - anchor.top;
      if (moved !== 0) {
        list.scrollTop += moved;
        this.lastTop = list.scrollTop;
      }
    }
  }
}

/** The rows of a list, from top to bottom. */
export function rows(list: HTMLElement): HTMLElement[] {
  return Array.from(list.querySelectorAll<HTMLElement>(`[${ROW_KEY}]`));
}

/** The row at so many pixels below the upper edge, or the next one below. */
function rowAt(list: HTMLElement, height: number): HTMLElement | undefined {
  const all = rows(list);
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = all[middle]!;
    if (topIn(list, row) + row.offsetHeight > height) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return all[low];
}

function topIn(list: HTMLElement, row: HTMLElement): number {
  return row.getBoundingClientRect().top - list.getBoundingClientRect().top;
}
