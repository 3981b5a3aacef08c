import type { Channels, Request } from './channels';

/**
 * Tells front ends when the kernel is at work.
 *
 * A front end takes every status for the state of the whole kernel, so after an answer on the side
 * the running cell is announced again.
 */
export class Status {
  private readonly running = new Set<Request>();

  constructor(private readonly channels: Channels) {}

  /** The kernel has come up. */
  starting(): void {
    this.channels.publish('status', { execution_state: 'starting' }, {});
  }

  /** A cell begins to run. */
  beginCell(request: Request): void {
    this.running.add(request);
    // A quick cell is told of in one piece: whoever reads that does not take the machine from the cell.
    this.publish('busy', request, false);
  }

  /** The running cell is done; nothing of it may follow. */
  endCell(request: Request): void {
    this.running.delete(request);
    this.publish('idle', request);
    this.repeat();
  }

  /** Answers a request on the side. */
  async during(request: Request, answer: () => void | Promise<void>): Promise<void> {
    this.publish('busy', request);
    try {
      await answer();
    } finally {
      this.publish('idle', request);
      this.repeat();
    }
  }

  private repeat(): void {
    const [running] = this.running;
    if (running) {
      this.publish('busy', running);
    }
  }

  private publish(state: 'busy' | 'idle', request: Request, hurried = true): void {
    this.channels.publish('status', { execution_state: state }, request.header, { hurried });
  }
}
