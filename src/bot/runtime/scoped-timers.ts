import { promisify } from 'node:util';

type Timer = ReturnType<typeof setTimeout>;
type Callback = (...values: unknown[]) => void;
interface WaitOptions {
  signal?: AbortSignal;
  ref?: boolean;
}

/** The timers of one version of a skill: the same as Node's, and all of them end together. */
export class ScopedTimers {
  /** What a skill sees instead of the global functions, and as `node:timers`. */
  readonly functions: Readonly<Record<string, unknown>>;
  /** What it sees as `node:timers/promises`. */
  readonly promises: Readonly<Record<string, unknown>>;

  private readonly timers = new Set<Timer | NodeJS.Immediate>();
  private ended = false;

  constructor() {
    const wait = this.wait.bind(this);
    const turn = (value?: unknown, options?: WaitOptions): Promise<unknown> =>
      this.wait(0, value, options);
    this.functions = {
      setTimeout: withPromise(this.once(setTimeout), wait),
      setInterval: (callback: Callback, ...rest: unknown[]) =>
        this.hold(setInterval(callback, ...(rest as [number]))),
      setImmediate: withPromise(this.once(setImmediate), turn),
      clearTimeout: this.release,
      clearInterval: this.release,
      clearImmediate: this.release
    };
    this.promises = {
      setTimeout: wait,
      setImmediate: turn,
      setInterval: this.repeat.bind(this),
      scheduler: {
        wait: (delay: number, options?: WaitOptions) => wait(delay, undefined, options),
        yield: () => turn()
      }
    };
  }

  /** Stops all of them. Whoever waits for one waits for ever, as nobody waits for it any more. */
  end(): void {
    this.ended = true;
    for (const timer of this.timers) {
      this.release(timer);
    }
  }

  private wait(delay?: number, value?: unknown, options: WaitOptions = {}): Promise<unknown> {
    const { signal, ref = true } = options;
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.release(timer);
        reject(
          new DOMException('The operation was aborted', {
            name: 'AbortError',
            cause: signal?.reason
          } as never)
        );
      };
      const timer = this.hold(
        setTimeout(() => {
          this.timers.delete(timer);
          signal?.removeEventListener('abort', abort);
          resolve(value);
        }, delay)
      );
      if (!ref) {
        timer.unref();
      }
      if (signal?.aborted) {
        abort();
      } else {
        signal?.addEventListener('abort', abort, { once: true });
      }
    });
  }

  private async *repeat(
    delay?: number,
    value?: unknown,
    options?: WaitOptions
  ): AsyncGenerator<unknown> {
    for (;;) {
      yield await this.wait(delay, value, options);
    }
  }

  private once<T extends typeof setTimeout | typeof setImmediate>(start: T) {
    return (callback: Callback, ...rest: unknown[]): unknown => {
      const timer = (start as (...values: unknown[]) => Timer)(
        (...values: unknown[]) => {
          this.timers.delete(timer);
          callback(...values);
        },
        ...rest
      );
      return this.hold(timer);
    };
  }

  private hold<T extends Timer | NodeJS.Immediate>(timer: T): T {
    if (this.ended) {
      // What an old version still starts would have no one to stop it.
      this.release(timer);
    } else {
      this.timers.add(timer);
    }
    return timer;
  }

  private readonly release = (timer: unknown): void => {
    this.timers.delete(timer as Timer);
    // One of Node's timers knows by itself how it is cleared; a number is one too.
    clearTimeout(timer as Timer);
    clearImmediate(timer as NodeJS.Immediate);
  };
}

/** `promisify` finds the waiting form of a timer under this symbol. */
function withPromise<T extends object>(start: T, wait: unknown): T {
  return Object.defineProperty(start, promisify.custom, { value: wait });
}
