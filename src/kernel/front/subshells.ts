import { createId } from '../../protocol';
import type { JsonObject } from '../wire';
import type { Request } from './channels';
import type { Execution } from './execution';

/** Cells that run one after the other. */
export interface Lane {
  readonly queue: Request[];
  current: Execution | undefined;
}

/**
 * The main shell and its subshells, each a lane of its own: while a cell of one waits, a cell of another
 * runs. All of them share the session and its only thread.
 *
 * Source of the protocol: JEP 91, “Kernel subshells”.
 */
export class Subshells {
  private readonly main: Lane = newLane();
  private readonly others = new Map<string, Lane>();

  /** The lane that a request is for; nothing when there is no such subshell. */
  laneOf({ header }: Request): Lane | undefined {
    const id = header.subshell_id;
    return typeof id === 'string' ? this.others.get(id) : this.main;
  }

  /** Every lane, the main shell first. */
  all(): Lane[] {
    return [this.main, ...this.others.values()];
  }

  /** The cells that run. */
  running(): Execution[] {
    return this.all().flatMap(({ current }) => current ?? []);
  }

  /** Answers a `create_subshell_request`. */
  create(): JsonObject {
    const id = createId();
    this.others.set(id, newLane());
    return { status: 'ok', subshell_id: id };
  }

  /** Answers a `list_subshell_request`. */
  list(): JsonObject {
    return { status: 'ok', subshell_id: [...this.others.keys()] };
  }

  /**
   * Takes a subshell away. A cell that runs in it runs to its end.
   *
   * @returns what waited in it; nothing when there is no such subshell.
   */
  delete(id: unknown): Request[] | undefined {
    const lane = typeof id === 'string' ? this.others.get(id) : undefined;
    this.others.delete(String(id));
    return lane?.queue.splice(0);
  }
}

function newLane(): Lane {
  return { queue: [], current: undefined };
}
