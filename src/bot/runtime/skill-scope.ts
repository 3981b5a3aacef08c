import type { HttpCall, LogLine } from '../../protocol';
import { outboundFetch } from './outbound-fetch';
import { scopedProcess } from './guarded-process';
import { scopedConsole } from './scoped-console';
import { ScopedTimers } from './scoped-timers';

/** Where a scope reports what happens in it. */
export interface ScopeReports {
  log(line: LogLine): void;
  http(call: HttpCall): void;
  /** Aborted when the run at hand is stopped; nothing outside of a run. */
  runSignal(): AbortSignal | undefined;
}

/**
 * Everything one version of a skill starts and must not leave behind: timers, requests, servers,
 * connections, listeners.
 *
 * Its {@link globals} shadow the platform's own in every module of the skill, and its
 * {@link modules} Node's.
 */
export class SkillScope {
  /** The names that the skill's modules see instead of the global ones. */
  readonly globals: Readonly<Record<string, unknown>>;
  /** What they import instead of Node's own modules. */
  readonly modules: Readonly<Record<string, Record<string, unknown>>>;

  private readonly timers = new ScopedTimers();
  private readonly closers = new Set<() => void>();
  private readonly ending = new AbortController();

  constructor(reports: ScopeReports) {
    const process = scopedProcess(stop => this.adopt(stop));
    this.globals = {
      console: scopedConsole(line => reports.log(line)),
      process,
      fetch: outboundFetch(
        () => [this.ending.signal, ...(reports.runSignal() ? [reports.runSignal()!] : [])],
        call => reports.http(call)
      ),
      ...this.timers.functions
    };
    this.modules = underBothNames({
      process: { default: process },
      timers: withDefault({ ...this.timers.functions, promises: this.timers.promises }),
      'timers/promises': withDefault(this.timers.promises)
    });
  }

  /** Aborted when the scope ends. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /**
   * Takes charge of something that has to be closed when the scope ends.
   *
   * @returns what gives it up again, once it has closed by itself.
   */
  adopt(close: () => void): () => void {
    if (this.ending.signal.aborted) {
      // What an old version still opens would have no one to close it.
      queueMicrotask(() => quietly(close));
      return () => undefined;
    }
    this.closers.add(close);
    return () => this.closers.delete(close);
  }

  /** Ends everything that was started here. */
  dispose(): void {
    this.ending.abort(new Error('The skill was replaced.'));
    this.timers.end();
    this.closers.forEach(quietly);
    this.closers.clear();
  }
}

/** What was closed already may say so; nobody needs to know. */
function quietly(close: () => void): void {
  try {
    close();
  } catch {
    // It is closed.
  }
}

function withDefault(module: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...module, default: module };
}

function underBothNames<T>(modules: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(modules).flatMap(([name, module]) => [
      [name, module],
      [`node:${name}`, module]
    ])
  );
}
