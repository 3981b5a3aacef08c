/** How long no cell must have begun or ended, in milliseconds. */
const LULL = 200;

/**
 * Tells when cells leave the machine to others: when none has begun or ended for a while, because nobody
 * runs any or because one takes its time.
 */
export class Lull {
  private stirred = performance.now();

  /** A cell begins or ends. */
  stir(): void {
    this.stirred = performance.now();
  }

  /** Resolves in a lull, at once when there is one. */
  async next(): Promise<void> {
    for (let left = this.left(); left > 0; left = this.left()) {
      await new Promise(resolve => setTimeout(resolve, left));
    }
  }

  private left(): number {
    return Math.ceil(this.stirred + LULL - performance.now());
  }
}
