import { chatOpsError, Emitter, type ChatMessage, type Handled, type Trace } from '../protocol';
import type { HandlingResult } from './handling-result';
import type { Journal } from './journal';
import { TraceStore } from './trace-store';

/** A message was handled to its end. */
export interface HandledEvent {
  message: ChatMessage;
  handled: Handled;
}

/** What became of the events: their ends in the journal, and the newest of their traces. */
export class HandledEvents {
  readonly handled = new Emitter<HandledEvent>();
  private readonly traces = new TraceStore();

  constructor(private readonly journal: Journal) {}

  /** Notes all that came of an event, also for an earlier one that it confirmed. */
  conclude(message: ChatMessage, { handled, trace, confirmed }: HandlingResult): void {
    this.traces.add(trace);
    const earlier = confirmed && this.journal.get(confirmed.seq);
    if (earlier) {
      const about = this.traces.get(earlier.seq);
      if (about) {
        const { outcome } = confirmed.handled;
        this.traces.add({ ...about, outcome, ...(trace.run && { run: trace.run }) });
      }
      this.finish(earlier, confirmed.handled);
    }
    this.finish(message, handled);
  }

  /** Notes the end of an event of which there is no trace. */
  finish(message: ChatMessage, handled: Handled): void {
    this.journal.finish(message.seq, handled);
    this.handled.emit({ message, handled });
  }

  /**
   * What was weighed and done for a message.
   *
   * @throws ChatOpsError `CHATOPS_MESSAGE_UNKNOWN`.
   */
  trace(seq: number): Trace {
    const trace = this.traces.get(seq);
    if (!trace) {
      throw chatOpsError('CHATOPS_MESSAGE_UNKNOWN', { seq });
    }
    return trace;
  }
}
