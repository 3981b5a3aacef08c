import { AsyncLocalStorage } from 'node:async_hooks';
import type { HostAnswers, HostRequest } from '../../engine';
import { CutOff, describeThrown, ModuleLoader } from '../../loader';
import {
  ChatOpsError,
  chatOpsError,
  describeError,
  toErrorRecord,
  type ErrorRecord,
  type LogLine
} from '../../protocol';
import type { Bot, Log } from '../../skill';
import { SkillBot, SkillMessage } from '../../skill/host';
import { parseStack } from '../../source';
import { Activity } from './activity';
import { Allowance } from './allowance';
import type { Claims } from './claims';
import { digest, MISSING } from './digest';
import { watchOpenHandles } from './open-handles';
import { THREAD_HOOK, type Running, type ThreadHook } from './running';
import { formatLine } from './scoped-console';
import { callFailure, callMatcher } from './skill-call';
import { SkillLoad } from './skill-load';
import { SkillScope } from './skill-scope';
import type {
  FileDigests,
  LoadFrame,
  RunFrame,
  ThreadEvent,
  ThreadRequest,
  ThreadSettings
} from './thread-frames';

interface OpenCall {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** What authors write for what goes over, where it matters whether they wait for it. */
const CALLS: Partial<Record<HostRequest['method'], string>> = {
  say: 'message.respond',
  ask: 'message.ask',
  send: 'bot.send',
  fire: 'bot.fire',
  'memory.get': 'bot.memory.get',
  'memory.put': 'bot.memory.set',
  'memory.delete': 'bot.memory.delete',
  'memory.list': 'bot.memory.keys'
};

/** How many calls may wait for their answers; the next ones are held back. */
const MOST_CALLS = 500;

/** A load that is not to be kept here. */
class TurnedAway {
  constructor(readonly reason: 'state' | 'files') {}
}

/** The skill thread's side: holds the loaded skills and runs their handlers. */
export class SkillHost {
  private readonly loader: ModuleLoader;
  private readonly loads = new Map<number, SkillLoad>();
  private readonly scopes = new Map<number, SkillScope>();
  /** What each load does outside of its runs. */
  private readonly background = new Map<number, Activity>();
  private readonly runs = new Map<number, Activity>();
  private readonly calls = new Map<number, OpenCall>();
  private readonly heldBack: (() => void)[] = [];
  private readonly running = new AsyncLocalStorage<Activity>();
  private readonly cutOff = new CutOff();
  /** Whoever throws without end need not be told without end. */
  private readonly strays = new Allowance(20, 2);
  private nextCall = 1;

  /**
   * @param claims - which tasks were begun.
   * @param tell - speaks to the main thread.
   */
  constructor(
    private readonly settings: ThreadSettings,
    private readonly claims: Claims,
    private readonly tell: (event: ThreadEvent) => void
  ) {
    this.loader = new ModuleLoader(settings.workspace);
    const hook: ThreadHook = {
      running: () => {
        const { load, run, stoppedBy } = this.running.getStore() ?? {};
        // What a run leaves behind, such as a timer, is no longer of the run.
        const isOver = !this.runs.has(run ?? 0) && !stoppedBy;
        const running: Running = {
          ...(load !== undefined && { load }),
          ...(!isOver && { run: run! })
        };
        return JSON.stringify(running);
      },
      prepareCutOff: () => this.cutOff.prepare()
    };
    Object.defineProperty(globalThis, Symbol.for(THREAD_HOOK), { value: hook });
    watchOpenHandles(() => this.scopes.get(this.running.getStore()?.load ?? 0));
  }

  /** Does what the main thread asks. */
  take(request: ThreadRequest): void {
    this.cutOff.recover();
    this.claims.noteRead();
    switch (request.type) {
      case 'load':
        if (this.claims.take(request.load)) {
          void this.load(request);
        }
        break;
      case 'run':
        if (this.claims.take(request.run)) {
          void this.run(request);
        }
        break;
      case 'dispose':
        this.dispose(request.load);
        break;
      case 'abort':
        this.runs.get(request.run)?.stop(new Error(request.reason));
        this.runs.delete(request.run);
        break;
      case 'answer':
        this.answer(request);
        break;
      case 'ping':
        this.tell({ type: 'pong', ping: request.ping, external: process.memoryUsage().external });
        break;
    }
  }

  /** Reports what was thrown where nobody waits for it. */
  stray(thrown: unknown): void {
    if (!this.strays.take()) {
      return;
    }
    const load = this.running.getStore()?.load ?? this.loadOfStack(thrown);
    const name = load === undefined ? undefined : this.loads.get(load)?.skill;
    const error = chatOpsError(
      'CHATOPS_SKILL_STRAY',
      { name: name ?? 'unknown', reason: describeThrown(thrown) },
      this.loader.sources.contextOf(thrown)
    );
    this.tell({ type: 'stray', ...(load !== undefined && { load }), error: error.record });
  }

  private async load({
    load,
    skill,
    entry,
    text,
    config,
    shared,
    files
  }: LoadFrame): Promise<void> {
    const activity = new Activity(load);
    const scope = new SkillScope({
      log: line => this.log(load, line),
      http: call => this.tell({ type: 'http', load, ...this.currentRun(), call }),
      runSignal: () => this.currentSignal()
    });
    let keepsState = false;
    const version = new SkillLoad({
      skill,
      entry,
      text,
      config: Object.freeze({ ...config, name: skill }),
      bot: this.botFor(load),
      scope,
      loader: this.loader,
      admit: keeps => {
        keepsState = keeps;
        if (shared && keeps) {
          throw new TurnedAway('state');
        }
        if (files && !isSame(files, this.digests(version))) {
          throw new TurnedAway('files');
        }
      }
    });
    this.background.set(load, activity);
    // Already here, for what it opens while it loads.
    this.scopes.set(load, scope);
    try {
      await this.running.run(activity, () => version.open());
      this.loads.set(load, version);
      const { matchers, warnings } = version;
      this.tell({
        type: 'loaded',
        load,
        matchers,
        warnings,
        files: this.digests(version),
        keepsState
      });
    } catch (error) {
      this.dispose(load);
      this.tell(
        error instanceof TurnedAway
          ? { type: 'turnedAway', load, reason: error.reason }
          : { type: 'refused', load, error: toErrorRecord(error), files: this.digests(version) }
      );
    }
  }

  /** Ends a load and everything it started. */
  private dispose(load: number): void {
    this.scopes.get(load)?.dispose();
    this.scopes.delete(load);
    this.loads.delete(load);
    this.background.get(load)?.stop(new Error('The skill was replaced.'));
    this.background.delete(load);
  }

  private async run({ run, load, invocation, question }: RunFrame): Promise<void> {
    const version = this.loads.get(load);
    const matcher = version?.matcher(invocation.matcher);
    if (!version || !matcher) {
      const { record } = chatOpsError('CHATOPS_SKILL_CHANGED', {
        name: version?.skill ?? invocation.skill
      });
      this.tell({ type: 'done', run, error: record });
      return;
    }
    const activity = new Activity(load, run, version.isNew(matcher.record.id));
    this.runs.set(run, activity);
    const message = new SkillMessage(invocation, {
      get signal() {
        return activity.signal;
      },
      ask: request => this.call(request, activity)
    });
    let value: unknown;
    let error: ErrorRecord | undefined;
    try {
      value = await this.running.run(activity, () =>
        callMatcher(version, matcher, invocation, message, question)
      );
    } catch (thrown) {
      error = callFailure(version.skill, thrown, this.loader.sources);
    }
    if (activity.calls.size > 0) {
      error = (await this.finishCalls(version, activity)) ?? error;
    }
    if (this.runs.delete(run)) {
      this.tell({
        type: 'done',
        run,
        ...(value !== undefined && { value }),
        ...(error && { error })
      });
    }
  }

  /**
   * A handler that forgot an `await` has still said what it said before its run counts as ended; and
   * its author is told.
   *
   * @returns what went wrong with it, which nobody else would see.
   */
  private async finishCalls(
    { skill }: SkillLoad,
    activity: Activity
  ): Promise<ErrorRecord | undefined> {
    const forgotten = [...activity.calls];
    const results = await Promise.allSettled(forgotten.map(([answer]) => answer));
    const [, { method, place }] = forgotten[0]!;
    const call = CALLS[method];
    if (call !== undefined && place) {
      const { where } = this.loader.sources.contextOf(place);
      const { record } = chatOpsError(
        'CHATOPS_SKILL_AWAIT',
        { name: skill, call },
        where && { where }
      );
      const line = { time: Date.now(), level: 'warning' as const, text: describeError(record) };
      const { load, run } = activity;
      this.tell({ type: 'log', load, ...(run !== undefined && { run }), line });
    }
    const failed = results.find(({ status }) => status === 'rejected') as
      PromiseRejectedResult | undefined;
    return failed && callFailure(skill, failed.reason, this.loader.sources);
  }

  private digests({ files }: SkillLoad): FileDigests {
    return Object.fromEntries(
      files.map(file => {
        const text = this.loader.sources.textOf(file);
        return [file, text === undefined ? MISSING : digest(text)];
      })
    );
  }

  private call<R extends HostRequest>(
    request: R,
    activity: Activity
  ): Promise<HostAnswers[R['method']]> {
    const { load, run, stoppedBy, quota } = activity;
    if (stoppedBy) {
      return refused(stoppedBy);
    }
    const excess = quota.spend(request);
    if (excess !== undefined) {
      return refused(this.flood(activity, excess));
    }
    const call = this.nextCall++;
    const answer = new Promise<unknown>((resolve, reject) => {
      const send = (): void => {
        this.calls.set(call, { resolve, reject });
        this.tell({ type: 'call', call, load, ...(run !== undefined && { run }), request });
      };
      if (this.calls.size < MOST_CALLS) {
        send();
      } else {
        this.heldBack.push(send);
      }
    });
    if (run !== undefined) {
      const place = activity.notesPlaces ? new Error('asked here') : undefined;
      activity.calls.set(answer, { method: request.method, place });
      // Whoever awaits sees the failure; whoever forgot to must not crash the thread by it.
      const settle = (): void => void activity.calls.delete(answer);
      answer.then(settle, settle);
    } else {
      answer.catch(() => undefined);
    }
    return answer as Promise<HostAnswers[R['method']]>;
  }

  private answer({ call, value, error }: Extract<ThreadRequest, { type: 'answer' }>): void {
    const open = this.calls.get(call);
    this.calls.delete(call);
    this.heldBack.shift()?.();
    if (error) {
      open?.reject(new ChatOpsError(error));
    } else {
      open?.resolve(value);
    }
  }

  /** Ends what says or logs too much. */
  private flood(activity: Activity, what: string): ChatOpsError {
    const { load, run } = activity;
    const { skill = 'unknown' } = this.loads.get(load) ?? {};
    const here = this.loader.sources.contextOf(new Error('here'));
    const error = chatOpsError(
      'CHATOPS_SKILL_FLOOD',
      { name: skill, what },
      {
        ...(here.where && { where: here.where }),
        ...(here.excerpt && { excerpt: here.excerpt })
      }
    );
    activity.stop(error);
    if (run !== undefined) {
      this.runs.delete(run);
    }
    this.tell({ type: 'flood', load, ...(run !== undefined && { run }), error: error.record });
    return error;
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
      ask: request => this.call(request, this.current(load))
    });
  }

  private log(load: number, line: LogLine): void {
    const activity = this.current(load);
    if (activity.stoppedBy) {
      return;
    }
    const excess = activity.quota.spendLine(line.text);
    if (excess !== undefined) {
      this.flood(activity, excess);
    } else {
      const { run } = activity;
      this.tell({ type: 'log', load, ...(run !== undefined && { run }), line });
    }
  }

  /** The run at hand, while it lasts; else what its skill does by itself. */
  private current(load: number): Activity {
    const activity = this.running.getStore();
    const isRunning =
      activity?.load === load &&
      activity.run !== undefined &&
      (this.runs.has(activity.run) || activity.stoppedBy !== undefined);
    const background = this.background.get(load) ?? new Activity(load);
    return isRunning ? activity : background;
  }

  private currentRun(): { run?: number } {
    const run = this.running.getStore()?.run;
    return run === undefined ? {} : { run };
  }

  private currentSignal(): AbortSignal | undefined {
    return this.running.getStore()?.signal;
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

/** A rejection that whoever forgot to await it need not handle. */
function refused(reason: unknown): Promise<never> {
  const rejection = Promise.reject(reason as Error);
  rejection.catch(() => undefined);
  return rejection;
}

/** True when everything that was read is as it was. */
function isSame(known: FileDigests, read: FileDigests): boolean {
  return Object.entries(read).every(([file, digest]) => known[file] === digest);
}
