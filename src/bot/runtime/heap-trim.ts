import { Session } from 'node:inspector';

/** How long nothing may have happened before the heap is trimmed, in milliseconds. */
const QUIET = 1000;

/**
 * Gives back, once, what starting up has taken and no longer needs. V8 does so when it collects
 * everything, for which a thread that has come to rest gives it no reason.
 *
 * The thread stands still meanwhile, for some tens of milliseconds: so it is done in a quiet moment.
 */
export class HeapTrim {
  private timer: NodeJS.Timeout | undefined;

  /** @param collect - collects everything. */
  constructor(collect: () => void = collectGarbage) {
    this.timer = setTimeout(() => {
      this.timer = undefined;
      collect();
    }, QUIET);
    // No reason to keep a program running.
    this.timer.unref();
  }

  /** Something happens: it is not quiet yet. */
  postpone(): void {
    this.timer?.refresh();
  }
}

/** V8's inspector is the one way to ask for this without an option of Node. */
function collectGarbage(): void {
  const session = new Session();
  session.connect();
  session.post('HeapProfiler.collectGarbage', () => {
    // Not in this turn: V8 holds a lock that ending the session needs, and would wait for itself.
    setImmediate(() => session.disconnect());
  });
}
