import type { HostRequest } from '../../engine';
import { Quota } from './quota';

/** Something that a handler asked of its host. */
export interface Asked {
  method: HostRequest['method'];
  /** Thrown nowhere: for its stack. */
  place: Error | undefined;
}

/** Code of a skill that is running: a run, or what the skill does by itself. */
export class Activity {
  readonly quota = new Quota();
  /** What the handler asked for and has not been answered, each with where it did so, if that is noted. */
  readonly calls = new Map<Promise<unknown>, Asked>();

  private controller: AbortController | undefined;
  private stopReason: Error | undefined;

  /** @param run - nothing for what the skill does by itself. */
  constructor(
    readonly load: number,
    readonly run?: number,
    /** Whether it is noted where the handler asks for things. */
    readonly notesPlaces = false
  ) {}

  /** Why it was stopped, once it was; from then on it is heard no more. */
  get stoppedBy(): Error | undefined {
    return this.stopReason;
  }

  /** Aborted when it is stopped. Few handlers look at it, so it is made for those. */
  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController();
      if (this.stopReason) {
        this.controller.abort(this.stopReason);
      }
    }
    return this.controller.signal;
  }

  /** Stops it. */
  stop(reason: Error): void {
    this.stopReason ??= reason;
    this.controller?.abort(reason);
  }
}
