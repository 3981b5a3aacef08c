/** How much of something may happen: so much at once, and so much a second on average. */
export class Allowance {
  private left: number;
  private filled: number;

  /**
   * @param burst - how much at once.
   * @param rate - how much is added each second, up to `burst`.
   * @param now - milliseconds, never going back.
   */
  constructor(
    private readonly burst: number,
    private readonly rate: number,
    private readonly now: () => number = () => performance.now()
  ) {
    this.left = burst;
    this.filled = now();
  }

  /** Takes some of it. False, and nothing taken, when there is not enough. */
  take(amount = 1): boolean {
    if (this.left < amount) {
      const time = this.now();
      this.left = Math.min(this.burst, this.left + ((time - this.filled) / 1000) * this.rate);
      this.filled = time;
    }
    if (this.left < amount) {
      return false;
    }
    this.left -= amount;
    return true;
  }
}
