import { AsyncLocalStorage } from 'node:async_hooks';
import { NativePattern, type HostAnswers, type HostRequest } from '../../engine';
import { CutOff, describeThrown, ModuleLoader } from '../../loader';
import {
  ChatOpsError,
  chatOpsError,
  toErrorRecord,
  type ErrorRecord,
  type LogLine
} from '../../protocol';
import type { Bot, Log } from '../../skill';
import { SkillBot, SkillMessage } from '../../skill/host';
import { parseStack } from '../../source';
import { digest } from './digest';
import { THREAD_HOOK, type Running, type ThreadHook } from './running';
import { formatLine } from './scoped-console';
import { callFailure, callMatcher } from './skill-call';
import { SkillLoad } from './skill-load';
import { SkillScope } from './skill-scope';
import type {
  FileDigests,
  GuardedPattern,
  LoadFrame,
  RunFrame,
  ThreadEvent,
  ThreadRequest,
  ThreadSettings
} from './thread-frames';

interface ActiveRun {
  controller: AbortController;
  /** What the handler asked for and has not been answered. */
  calls: Set<Promise<unknown>>;
}

interface OpenCall {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The skill thread's side: holds the loaded skills and runs their handlers. */
export class SkillHost {
  private readonly loader: ModuleLoader;
  private readonly loads = new Map<number, SkillLoad>();
  private readonly runs = new Map<number, ActiveRun>();
  private readonly calls = new Map<number, OpenCall>();
  private readonly patterns = new Map<string, NativePattern>();
  private readonly running = new AsyncLocalStorage<Running>();
  private readonly cutOff = new CutOff();
  private nextCall = 1;

  /** @param tell - speaks to the main thread. */
  constructor(
    private readonly settings: ThreadSettings,
    private readonly tell: (event: ThreadEvent) => void
  ) {
    this.loader = new ModuleLoader(settings.workspace);
    const hook: ThreadHook = {
      running: () => JSON.stringify(this.running.getStore() ?? null),
      prepareCutOff: () => this.cutOff.prepare()
    };
    Object.defineProperty(globalThis, Symbol.for(THREAD_HOOK), { value: hook });
  }

  /** Does what the main thread asks. */
  take(request: ThreadRequest): void {
    this.cutOff.recover();
    switch (request.type) {
      case 'load':
        void this.load(request);
        break;
      case 'run':
        void this.run(request);
        break;
      case 'dispose':
        this.loads.get(request.load)?.scope.dispose();
        this.loads.delete(request.load);
        break;
      case 'abort':
        this.runs.get(request.run)?.controller.abort(new Error(request.reason));
        this.runs.delete(request.run);
        break;
      case 'match':
        this.match(request.match, request.pattern, request.text);
        break;
      case 'answer':
        this.answer(request);
        break;
      case 'ping':
        this.tell({ type: 'pong', ping: request.ping });
        break;
    }
  }

  /** Reports what was thrown where nobody waits for it. */
  stray(thrown: unknown): void {
    const load = this.running.getStore()?.load ?? this.loadOfStack(thrown);
    const name = load === undefined ? undefined : this.loads.get(load)?.skill;
    const error = chatOpsError(
      'CHATOPS_SKILL_STRAY',
      { name: name ?? 'unknown', reason: describeThrown(thrown) },
      this.loader.sources.contextOf(thrown)
    );
    this.tell({ type: 'stray', ...(load !== undefined && { load }), error: error.record });
  }

  private async load({ load, skill, entry, text, config }: LoadFrame): Promise<void> {
    const scope = new SkillScope({
      log: line => this.log(load, line),
      http: call => this.tell({ type: 'http', load, ...this.currentRun(), call }),
      runSignal: () => this.currentSignal()
    });
    const version = new SkillLoad({
      skill,
      entry,
      text,
      config: Object.freeze({ ...config, name: skill }),
      bot: this.botFor(load),
      scope,
      loader: this.loader
    });
    try {
      await this.running.run({ load }, () => version.open());
      this.loads.set(load, version);
      const { matchers, warnings } = version;
      this.tell({ type: 'loaded', load, matchers, warnings, files: this.digests(version) });
    } catch (error) {
      scope.dispose();
      this.tell({
        type: 'refused',
        load,
        error: toErrorRecord(error),
        files: this.digests(version)
      });
    }
  }

  private async run({ run, load, invocation, question }: RunFrame): Promise<void> {
    const version = this.loads.get(load);
    const matcher = version?.matcher(invocation.matcher);
    if (!version || !matcher) {
      const { record } = chatOpsError('CHATOPS_SKILL_CHANGED', {
        name: version?.skill ?? 'unknown'
      });
      this.tell({ type: 'done', run, error: record });
      return;
    }
    const active: ActiveRun = { controller: new AbortController(), calls: new Set() };
    this.runs.set(run, active);
    const message = new SkillMessage(invocation, {
      signal: active.controller.signal,
      ask: request => this.call(request, { load, run })
    });
    let value: unknown;
    let error: ErrorRecord | undefined;
    try {
      value = await this.running.run({ load, run }, () =>
        callMatcher(version, matcher, invocation, message, question)
      );
    } catch (thrown) {
      error = callFailure(version.skill, thrown, this.loader.sources);
    }
    // A handler that forgot an `await` has still said what it said before the run counts as ended.
    await Promise.allSettled(active.calls);
    if (this.runs.delete(run)) {
      this.tell({
        type: 'done',
        run,
        ...(value !== undefined && { value }),
        ...(error && { error })
      });
    }
  }

  private digests({ files }: SkillLoad): FileDigests {
    return Object.fromEntries(
      files.map(file => [file, digest(this.loader.sources.textOf(file) ?? '')])
    );
  }

  private match(match: number, { skill, parts }: GuardedPattern, text: string): void {
    const key = JSON.stringify(parts);
    try {
      let compiled = this.patterns.get(key);
      if (!compiled) {
        compiled = new NativePattern(parts);
        this.patterns.set(key, compiled);
      }
      const expression = compiled;
      const result = this.running.run({ match }, () => expression.exec(text));
      this.tell({ type: 'matched', match, ...(result && { result }) });
    } catch (error) {
      this.tell({ type: 'matched', match, error: callFailure(skill, error, this.loader.sources) });
    }
  }

  private call<R extends HostRequest>(
    request: R,
    { load, run }: { load: number; run?: number }
  ): Promise<HostAnswers[R['method']]> {
    const active = run === undefined ? undefined : this.runs.get(run);
    const call = this.nextCall++;
    const answer = new Promise<unknown>((resolve, reject) =>
      this.calls.set(call, { resolve, reject })
    );
    active?.calls.add(answer);
    this.tell({ type: 'call', call, load, ...(active && { run: run! }), request });
    const settled = answer.finally(() => active?.calls.delete(answer));
    // Whoever awaits sees the failure; whoever forgot to must not crash the thread by it.
    settled.catch(() => undefined);
    return settled as Promise<HostAnswers[R['method']]>;
  }

  private answer({ call, value, error }: Extract<ThreadRequest, { type: 'answer' }>): void {
    const open = this.calls.get(call);
    this.calls.delete(call);
    if (error) {
      open?.reject(new ChatOpsError(error));
    } else {
      open?.resolve(value);
    }
  }

  private botFor(load: number): Bot {
    const line =
      (level: LogLine['level']) =>
      (...values: unknown[]): void =>
        this.log(load, { time: Date.now(), level, text: formatLine(values) });
    const log: Log = {
      debug: line('debug'),
      info: line('info'),
      warn: line('warning'),
      error: line('error')
    };
    const { workspace, bot } = this.settings;
    return new SkillBot({
      ...bot,
      workspace,
      log,
      ask: request => this.call(request, { load, ...this.currentRun() })
    });
  }

  private log(load: number, line: LogLine): void {
    this.tell({ type: 'log', load, ...this.currentRun(), line });
  }

  private currentRun(): { run?: number } {
    const run = this.running.getStore()?.run;
    return run === undefined ? {} : { run };
  }

  private currentSignal(): AbortSignal | undefined {
    const { run } = this.currentRun();
    return run === undefined ? undefined : this.runs.get(run)?.controller.signal;
  }

  /** Whose file the innermost known frame of an error is in. */
  private loadOfStack(thrown: unknown): number | undefined {
    const files = parseStack(thrown instanceof Error ? (thrown.stack ?? '') : '').map(
      ({ file }) => file
    );
    const loads = [...this.loads].toReversed();
    for (const file of files) {
      const owner = loads.find(([, version]) => version.files.includes(file));
      if (owner) {
        return owner[0];
      }
    }
    return undefined;
  }
}
