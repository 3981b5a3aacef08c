import type { Trace } from '../protocol';

/** How many traces are kept. */
const MOST_TRACES = 1000;

/** The traces of the most recent messages. */
export class TraceStore {
  private readonly traces = new Map<number, Trace>();

  /** @param limit - how many are kept; the oldest go first. */
  constructor(private readonly limit = MOST_TRACES) {}

  get(seq: number): Trace | undefined {
    return this.traces.get(seq);
  }

  add(trace: Trace): void {
    this.traces.set(trace.seq, trace);
    if (this.traces.size > this.limit) {
      this.traces.delete(this.traces.keys().next().value!);
    }
  }
}
