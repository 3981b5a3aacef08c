import type { HttpCall, LogLine } from '../../protocol';
import { outboundFetch } from './outbound-fetch';
import { guardedProcess } from './guarded-process';
import { scopedConsole } from './scoped-console';

type Timer = ReturnType<typeof setTimeout>;

/** Where a scope reports what happens in it. */
export interface ScopeReports {
  log(line: LogLine): void;
  http(call: HttpCall): void;
  /** Aborted when the run at hand is stopped; nothing outside of a run. */
  runSignal(): AbortSignal | undefined;
}

/**
 * Everything one version of a skill starts and must not leave behind: timers and requests.
 *
 * Its {@link globals} shadow the platform's own in every module of the skill.
 */
export class SkillScope {
  /** The names that the skill's modules see instead of the global ones. */
  readonly globals: Readonly<Record<string, unknown>>;

  private readonly timers = new Set<Timer | NodeJS.Immediate>();
  private readonly ending = new AbortController();

  constructor(reports: ScopeReports) {
    this.globals = {
      console: scopedConsole(line => reports.log(line)),
      process: guardedProcess,
      fetch: outboundFetch(
        () => [this.ending.signal, ...(reports.runSignal() ? [reports.runSignal()!] : [])],
        call => reports.http(call)
      ),
      setTimeout: this.once(setTimeout),
      setInterval: (callback: (...values: unknown[]) => void, ...rest: unknown[]) =>
        this.hold(setInterval(callback, ...(rest as [number]))),
      setImmediate: this.once(setImmediate),
      clearTimeout: this.release,
      clearInterval: this.release,
      clearImmediate: this.release
    };
  }

  /** Aborted when the scope ends. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Ends everything that was started here. */
  dispose(): void {
    this.ending.abort(new Error('The skill was replaced.'));
    for (const timer of this.timers) {
      this.release(timer);
    }
  }

  private once<T extends typeof setTimeout | typeof setImmediate>(start: T) {
    return (callback: (...values: unknown[]) => void, ...rest: unknown[]): unknown => {
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
    if (this.ending.signal.aborted) {
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
