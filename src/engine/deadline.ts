import type { Clock } from './clock';

/** A time limit that can stand still, as while a run waits for a person. */
export class Deadline {
  private timer: unknown;
  private began = 0;
  private left: number;
  private pauses = 0;

  /** @param milliseconds - how long until `onOver` is called, not counting pauses. */
  constructor(
    private readonly clock: Clock,
    milliseconds: number,
    private readonly onOver: () => void
  ) {
    this.left = milliseconds;
    this.start();
  }

  /** Stands still until each pause has ended. */
  pause(): void {
    if (this.pauses++ === 0) {
      this.clock.clearTimeout(this.timer);
      this.left -= this.clock.elapsed() - this.began;
    }
  }

  /** Ends a pause. */
  resume(): void {
    if (--this.pauses === 0) {
      this.start();
    }
  }

  /** Never calls any more. */
  stop(): void {
    this.clock.clearTimeout(this.timer);
    // A pause that ends later must not start it again.
    this.pauses = Infinity;
  }

  private start(): void {
    this.began = this.clock.elapsed();
    this.timer = this.clock.setTimeout(this.onOver, Math.max(0, this.left));
  }
}
