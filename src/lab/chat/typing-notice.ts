import type { Timers } from '../../protocol';

/** Who has not touched the keyboard for so long is not writing any more, in milliseconds. */
const IDLE = 5000;

/** Tells a room that a person writes, and that they have stopped; no more often than needed. */
export class TypingNotice {
  private active = false;
  private timer: unknown;

  constructor(
    private readonly tell: (active: boolean) => void,
    private readonly timers: Timers
  ) {}

  /** The text in the input changed. */
  note(hasText: boolean): void {
    this.timers.clearTimeout(this.timer as never);
    if (hasText) {
      this.set(true);
    }
    if (this.active) {
      // Who has just said something wants to see it first.
      this.timer = this.timers.setTimeout(() => this.set(false), hasText ? IDLE : 0);
    }
  }

  /** The person is gone. */
  stop(): void {
    this.timers.clearTimeout(this.timer as never);
    this.set(false);
  }

  private set(active: boolean): void {
    if (active !== this.active) {
      this.active = active;
      this.tell(active);
    }
  }
}
