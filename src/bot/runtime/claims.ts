/** How many tasks of one thread may wait without two of them sharing a place. */
const PLACES = 1 << 14;

/** How many requests the thread has read, and the task that it began last. */
const READ = 0;
const LAST = 1;
const HEAD = 2;

/**
 * Which of the tasks that were sent to a thread it has begun, as memory that both sides share.
 *
 * A message to a thread cannot be taken back, and a thread that is busy reads none. So each task is
 * offered here too; whoever is first, the thread that begins it or the main thread that withdraws
 * it, has it for good, and it is never done twice.
 */
export class Claims {
  private readonly cells: Int32Array;

  constructor(readonly memory = new SharedArrayBuffer((HEAD + PLACES) * 4)) {
    this.cells = new Int32Array(memory);
  }

  /** How many requests the thread has read, of any kind; a 32-bit number that wraps around. */
  get read(): number {
    return Atomics.load(this.cells, READ);
  }

  /** The thread has read a request. */
  noteRead(): void {
    Atomics.add(this.cells, READ, 1);
  }

  /** The task that the thread began last. */
  get last(): number {
    return Atomics.load(this.cells, LAST);
  }

  /**
   * Offers a task, before it is sent.
   *
   * @returns false when its place is taken by one that waits; it can be sent but not withdrawn.
   */
  offer(task: number): boolean {
    return Atomics.compareExchange(this.cells, placeOf(task), 0, task) === 0;
  }

  /** The thread begins a task. False when it was withdrawn and must not be done. */
  take(task: number): boolean {
    const found = Atomics.compareExchange(this.cells, placeOf(task), task, 0);
    if (found === -task) {
      Atomics.store(this.cells, placeOf(task), 0);
      return false;
    }
    Atomics.store(this.cells, LAST, task);
    return true;
  }

  /** True while the thread has not begun a task that was offered. */
  waits(task: number): boolean {
    return Atomics.load(this.cells, placeOf(task)) === task;
  }

  /** Takes a task back. False when the thread has begun it. */
  withdraw(task: number): boolean {
    return Atomics.compareExchange(this.cells, placeOf(task), task, -task) === task;
  }
}

function placeOf(task: number): number {
  return HEAD + (task % PLACES);
}
