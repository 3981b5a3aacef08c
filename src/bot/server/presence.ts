import type { Clock } from '../../engine';

/** How long a bot waits for its first client, in milliseconds. */
const FIRST = 60_000;

/** How long it waits for another one after the last has left, in milliseconds. */
const LINGER = 5000;

/** Notices when nobody is connected any more. */
export class Presence {
  private count = 0;
  private timer: unknown;

  /** @param onDeserted - called once, some time after the last client has left or when none came. */
  constructor(
    private readonly clock: Clock,
    private readonly onDeserted: () => void
  ) {
    this.wait(FIRST);
  }

  /** Someone is there. Call the returned function when they leave. */
  enter(): () => void {
    this.count++;
    this.stop();
    let left = false;
    return () => {
      if (!left) {
        left = true;
        this.count--;
        if (this.count === 0) {
          this.wait(LINGER);
        }
      }
    };
  }

  /** Ends the watch. */
  stop(): void {
    this.clock.clearTimeout(this.timer);
  }

  private wait(milliseconds: number): void {
    this.timer = this.clock.setTimeout(() => {
      if (this.count === 0) {
        this.onDeserted();
      }
    }, milliseconds);
  }
}
