import { AsyncLocalStorage } from 'node:async_hooks';
import { chatOpsError, type ChatOpsError } from '../../protocol';
import type { CellRun } from '../thread';

/** A timer of Node's. `_destroyed` says that it will not fire again; only immediates have `_onImmediate`. */
export type Timer = object & { _destroyed?: boolean; _onImmediate?: unknown };

/** How many timers a cell may have before those that are over are forgotten. */
const SWEEP = 256;

/**
 * One execution of a cell, for as long as anything it began goes on: its output, its timers, and
 * whether it was interrupted.
 */
export class CellContext {
  /** Names this execution; greater than that of every earlier one. */
  readonly id: number;
  /** What people call the cell. */
  readonly label: string;
  readonly count: number;
  readonly allowStdin: boolean;
  /** Names the cell, the same each time it runs; nothing for what belongs to no cell. */
  readonly owner: string | undefined;
  /** Calls of the kernel's own helpers that have not answered yet; the cell is not done before. */
  readonly pending = new Set<Promise<unknown>>();
  /** Values that the cell has shown already and that need not be shown as its result. */
  readonly shown = new WeakSet<object>();
  /** Promises of our helpers: as the cell's last value, one stands for what it resolves to. */
  readonly promised = new WeakSet<object>();
  /** What it asks the front end to do once it is done. */
  readonly payload: Record<string, unknown>[] = [];
  /** True once its outcome has been told. */
  finished = false;

  private readonly timers = new Set<Timer>();
  private nextSweep = SWEEP;
  private interruption: ChatOpsError | undefined;
  private readonly listeners = new Set<(error: ChatOpsError) => void>();

  constructor(run: Pick<CellRun, 'cell' | 'count' | 'allowStdin'> & { owner?: string }) {
    this.id = run.cell;
    this.count = run.count;
    this.label = `cell ${run.count}`;
    this.allowStdin = run.allowStdin;
    this.owner = run.owner;
  }

  /** The error that its code is ended with, once it was interrupted. */
  get interrupted(): ChatOpsError | undefined {
    return this.interruption;
  }

  /** Makes a timer end with the cell, should the cell be interrupted. */
  own(timer: Timer): void {
    if (this.interruption) {
      clear(timer);
      return;
    }
    this.timers.add(timer);
    if (this.timers.size > this.nextSweep) {
      for (const other of this.timers) {
        if (other._destroyed === true) {
          this.timers.delete(other);
        }
      }
      this.nextSweep = Math.max(SWEEP, this.timers.size * 2);
    }
  }

  /** Ends whatever the cell began: its timers, its waiting, and its code when it would go on. */
  interrupt(): void {
    if (!this.interruption) {
      this.interruption = chatOpsError('CHATOPS_CELL_INTERRUPTED', {});
      this.timers.forEach(clear);
      this.timers.clear();
      for (const listener of this.listeners) {
        listener(this.interruption);
      }
    }
  }

  /** A promise that is refused when the cell is interrupted first. */
  interruptible<T>(work: Promise<T>): Promise<T> {
    if (this.interruption) {
      return Promise.reject(this.interruption);
    }
    return new Promise((resolve, reject) => {
      this.listeners.add(reject);
      work.then(resolve, reject).finally(() => this.listeners.delete(reject));
    });
  }
}

/** Which cell the running code belongs to, across everything asynchronous. */
export const cellStorage = new AsyncLocalStorage<CellContext>();

function clear(timer: Timer): void {
  if ('_onImmediate' in timer) {
    clearImmediate(timer as NodeJS.Immediate);
  } else {
    clearTimeout(timer as NodeJS.Timeout);
  }
}
