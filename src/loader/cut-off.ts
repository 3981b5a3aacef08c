/** The functions that Node installs on every promise while anyone follows asynchronous work. */
type PromiseHooks = (((...values: unknown[]) => void) | undefined)[];

/** What Node keeps for itself, up to version 22. */
interface AsyncWrap {
  clearAsyncIdStack(): void;
  getPromiseHooks(): PromiseHooks;
  setPromiseHooks(...hooks: PromiseHooks): void;
  /** Counters, by the numbers in `constants`. */
  async_hook_fields: Uint32Array;
  /** For each entry of the stack, the two ids that were current before it. */
  async_ids_stack: Float64Array;
  constants: { kTotals: number; kStackLength: number };
}

/** What is put back once nothing is being cut off any more. */
interface Saved {
  promiseHooks: PromiseHooks;
  totals: number;
}

/**
 * Makes it safe for a thread to be cut off by V8's `terminateExecution`.
 *
 * Ending JavaScript inside a timer, tick or promise leaves Node's stack of async ids unbalanced.
 * While anyone follows asynchronous work, Node checks that stack and ends the process when it is
 * (“async hook stack has become corrupted”, or a failed assertion in `InternalCallbackScope`). Up to
 * Node 22 nobody seems to follow while code is cut off: promise hooks are taken out and the count of
 * followers, which turns the check on, is zero until the stack is in order again. The thread is also
 * started with `--no-force-async-hooks-checks`, which is all that Node 24 needs.
 */
export class CutOff {
  private readonly asyncWrap = findAsyncWrap();
  private saved: Saved | undefined;

  /** Called by the inspector, in the middle of whatever runs, right before that is ended. */
  prepare(): void {
    if (this.asyncWrap) {
      const { async_hook_fields: fields, constants } = this.asyncWrap;
      this.saved ??= {
        promiseHooks: this.asyncWrap.getPromiseHooks(),
        totals: fields[constants.kTotals]!
      };
      this.asyncWrap.setPromiseHooks(undefined, undefined, undefined, undefined);
      fields[constants.kTotals] = 0;
      this.asyncWrap.clearAsyncIdStack();
    }
  }

  /** Puts everything back in order; to be called first in a turn of the event loop. */
  recover(): void {
    const { saved, asyncWrap } = this;
    this.saved = undefined;
    if (asyncWrap && saved) {
      const { async_hook_fields: fields, async_ids_stack: ids, constants } = asyncWrap;
      // This turn is the only thing going on, and before it there was nothing.
      fields[constants.kStackLength] = 1;
      ids.fill(0, 0, 2);
      fields[constants.kTotals] = saved.totals;
      asyncWrap.setPromiseHooks(...saved.promiseHooks);
    }
  }
}

function findAsyncWrap(): AsyncWrap | undefined {
  const before = process.noDeprecation;
  // There is no public way to do this, and nothing a user could do about a warning.
  process.noDeprecation = true;
  try {
    const { binding } = process as unknown as { binding: (name: string) => Partial<AsyncWrap> };
    const found = binding('async_wrap');
    const isKnown = found.clearAsyncIdStack && found.getPromiseHooks && found.async_hook_fields;
    return isKnown ? (found as AsyncWrap) : undefined;
  } catch {
    return undefined;
  } finally {
    process.noDeprecation = before ?? false;
  }
}
