import type { Timers } from './socket';

/** A time by which something is done, unless it is moved or called off. */
export class Deadline {
  private handle: unknown;

  constructor(private readonly timers: Timers) {}

  /** Calls back after so many milliseconds, and not for what was set before. */
  set(milliseconds: number, callback: () => void): void {
    this.clear();
    this.handle = this.timers.setTimeout(callback, milliseconds);
  }

  /** Calls back no more. */
  clear(): void {
    this.timers.clearTimeout(this.handle as never);
    this.handle = undefined;
  }
}
