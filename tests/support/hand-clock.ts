import type { Clock } from '../../src/engine';
import type { Timers } from '../../src/protocol';

/** A clock that a test turns by hand. */
export class HandClock implements Clock {
  private time = Date.UTC(2026, 0, 1);
  private next = 1;
  private readonly timers = new Map<number, { at: number; callback: () => void }>();

  readonly now = (): number => this.time;
  readonly elapsed = (): number => this.time;

  readonly setTimeout = (callback: () => void, milliseconds: number): unknown => {
    const id = this.next++;
    this.timers.set(id, { at: this.time + milliseconds, callback });
    return id;
  };

  readonly clearTimeout = (handle: unknown): void => {
    this.timers.delete(handle as number);
  };

  /** The same timers in the form a connection takes. */
  get asTimers(): Timers {
    return { setTimeout: this.setTimeout, clearTimeout: this.clearTimeout };
  }

  /** How many timers run. */
  get pending(): number {
    return this.timers.size;
  }

  /** Lets time pass at once, as on a machine that slept: what was due comes late. */
  sleep(milliseconds: number): void {
    this.time += milliseconds;
  }

  /** Lets time pass, with everything that happens in it in order. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      await settle();
      const due = [...this.timers]
        .filter(([, { at }]) => at <= end)
        .toSorted(([, a], [, b]) => a.at - b.at)[0];
      if (!due) {
        break;
      }
      const [id, { at, callback }] = due;
      this.timers.delete(id);
      this.time = Math.max(this.time, at);
      callback();
    }
    this.time = end;
    await settle();
  }
}

/** Lets everything that is ready run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve();
  }
}
