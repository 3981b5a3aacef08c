import type { Clock } from '../engine';

/** Time that stands still until someone lets it pass. */
export class VirtualClock implements Clock {
  private next = 1;
  private readonly timers = new Map<number, { at: number; callback: () => void }>();

  /** @param time - where it begins, in milliseconds since 1970. */
  constructor(private time: number) {}

  readonly now = (): number => this.time;
  readonly elapsed = (): number => this.time;

  readonly setTimeout = (callback: () => void, milliseconds: number): unknown => {
    const id = this.next++;
    const wait = Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0;
    this.timers.set(id, { at: this.time + wait, callback });
    return id;
  };

  readonly clearTimeout = (handle: unknown): void => {
    this.timers.delete(handle as number);
  };

  /**
   * Lets time pass, with everything that happens in it in its order.
   *
   * @param settle - waits until what has begun is done, or waits for time itself.
   */
  async advanceTo(end: number, settle: () => Promise<void>): Promise<void> {
    for (;;) {
      await settle();
      const due = [...this.timers]
        .filter(([, { at }]) => at <= end)
        .toSorted(([a, { at: first }], [b, { at: second }]) => first - second || a - b)[0];
      if (!due) {
        break;
      }
      const [id, { at, callback }] = due;
      this.timers.delete(id);
      this.time = Math.max(this.time, at);
      callback();
    }
    this.time = Math.max(this.time, end);
    await settle();
  }
}

/**
 * A time in milliseconds since 1970.
 *
 * @throws RangeError for what is none.
 */
export function toTime(time: Date | string | number): number {
  // Without a zone a time is meant in UTC, so that a test says the same everywhere.
  const isLocal = typeof time === 'string' && /T[\d:.]+$/.test(time);
  const value = new Date(isLocal ? `${time}Z` : time).getTime();
  if (Number.isNaN(value)) {
    throw new RangeError(`\`${String(time)}\` is no time.`);
  }
  return value;
}
