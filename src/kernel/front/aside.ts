/** How long work waits for the cell that it is about, in milliseconds. */
const PATIENCE = 5;

/**
 * Work that a cell leaves and that nobody waits for. It is done once the cell has ended and its end was told,
 * or beside a cell that takes its time. A quick cell is slowed down by whatever shares the machine with it.
 */
export class Aside {
  private readonly work: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  /** Puts a piece of work behind the others. */
  add(piece: () => void): void {
    this.work.push(piece);
    this.timer ??= setTimeout(() => this.finish(), PATIENCE);
  }

  /** Does all of it, before something that builds on it. */
  finish(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.work.splice(0).forEach(piece => piece());
  }

  /** Does it after what this turn of the event loop sends has left. */
  finishSoon(): void {
    setImmediate(() => this.finish());
  }
}
