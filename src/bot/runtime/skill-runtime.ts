import { readFileSync } from 'node:fs';
import {
  Deadline,
  type Clock,
  type Consultation,
  type HostAnswers,
  type HostRequest,
  type Invocation,
  type RunContext,
  type RunResult,
  type SkillRunner
} from '../../engine';
import { SourceRegistry } from '../../loader';
import {
  ChatOpsError,
  chatOpsError,
  Emitter,
  toErrorRecord,
  type ErrorContext,
  type ErrorRecord,
  type LogLine
} from '../../protocol';
import type { StackFrame } from '../../source';
import type { Runaway } from './block-watch';
import type { LoadedSkill, LoadRequest, RefusedSkill, RunLimits } from './loaded-skill';
import type { Running } from './running';
import { SkillThreadHandle } from './skill-thread-handle';
import type { ThreadEvent, ThreadSettings } from './thread-frames';
import { MATCH_LIMIT, ThreadMatching } from './thread-matching';

/** What the runtime needs from the bot around it. */
export interface RuntimeHost {
  /** Serves what a skill asks for outside of any run, as from a timer. */
  serve<R extends HostRequest>(skill: string, request: R): Promise<HostAnswers[R['method']]>;
  log(skill: string, line: LogLine): void;
  /** A skill failed where nobody waited for it. */
  stray(error: ErrorRecord): void;
}

interface Load {
  skill: string;
  entry: string;
  text: string | undefined;
  limits: RunLimits;
  files: string[];
  active: Set<number>;
  retired: boolean;
}

interface Run {
  load: number;
  /** Nothing for a function of the command record, which is not a run of its own. */
  context: RunContext | undefined;
  deadline: Deadline;
  finish(result: RunResult): void;
}

type LoadResult = Omit<LoadedSkill, 'runner'> | RefusedSkill;

/** A load may take as long as a run; an endless one must not hold up the bot's start. */
const LOADING_LIMIT = 30;

/** For code of a skill that is no longer known, in seconds. */
const DEFAULT_BLOCKING_LIMIT = 5;

/**
 * The main thread's side of the skill thread: loads skills into it, runs their handlers there under
 * a deadline, and replaces it when it cannot be saved.
 */
export class SkillRuntime {
  /** The thread was replaced; everything must be loaded again. */
  readonly lost = new Emitter<ErrorRecord>();

  /** Matches patterns without a linear form. */
  readonly matching: ThreadMatching;

  private readonly thread: SkillThreadHandle;
  private readonly sources: SourceRegistry;
  private readonly loads = new Map<number, Load>();
  private readonly runs = new Map<number, Run>();
  private readonly loading = new Map<number, (result: LoadResult) => void>();
  private next = 1;

  /** @param threadFile - the program of the thread. */
  constructor(
    threadFile: string,
    settings: ThreadSettings,
    private readonly clock: Clock,
    private readonly host: RuntimeHost
  ) {
    this.sources = new SourceRegistry(settings.workspace);
    this.thread = new SkillThreadHandle(threadFile, settings, clock, {
      limitOf: running => this.blockingLimit(running),
      ownerOf: file => this.ownerOf(file),
      blocked: (runaway, seconds) => this.stopped(runaway, seconds)
    });
    this.thread.heard.on(event => this.take(event));
    this.thread.lost.on(reason => this.threadLost(reason));
    this.matching = new ThreadMatching(this.thread);
  }

  /** Starts the thread. Resolves when it takes requests. */
  start(): Promise<void> {
    return this.thread.start();
  }

  /** Ends the thread; what runs is stopped. */
  stop(): Promise<void> {
    return this.thread.stop();
  }

  /**
   * Loads a version of a skill beside those that are there, or says why it would not load.
   */
  async load({
    skill,
    entry,
    text,
    config,
    limits
  }: LoadRequest): Promise<LoadedSkill | RefusedSkill> {
    await this.thread.ready;
    const load = this.next++;
    this.loads.set(load, {
      skill,
      entry,
      text,
      limits,
      files: [entry],
      active: new Set(),
      retired: false
    });
    const timer = this.clock.setTimeout(() => {
      const seconds = LOADING_LIMIT;
      const { record } = chatOpsError('CHATOPS_SKILL_LOAD_TIMEOUT', { name: skill, seconds });
      this.endLoading(load, { error: record, files: {} });
    }, LOADING_LIMIT * 1000);
    const result = await new Promise<LoadResult>(resolve => {
      this.loading.set(load, resolve);
      this.thread.send({
        type: 'load',
        load,
        skill,
        entry,
        config,
        ...(text !== undefined && { text })
      });
    });
    this.clock.clearTimeout(timer);
    if ('error' in result) {
      this.drop(load);
      return result;
    }
    this.loads.get(load)!.files = Object.keys(result.files);
    return { ...result, runner: this.runnerOf(load, skill) };
  }

  /** Takes a version out of use. What it still runs may end first. */
  retire(load: number): void {
    const entry = this.loads.get(load);
    if (entry) {
      entry.retired = true;
      if (entry.active.size === 0) {
        this.drop(load);
      }
    }
  }

  private runnerOf(load: number, skill: string): SkillRunner {
    return {
      run: (invocation, context) => this.run(load, skill, invocation, { context }),
      consult: async (invocation, question) => {
        const result = await this.run(load, skill, invocation, { question });
        if (result.outcome !== 'answered') {
          throw new ChatOpsError(result.error);
        }
        return result.value;
      }
    };
  }

  private async run(
    load: number,
    skill: string,
    invocation: Invocation,
    { context, question }: { context?: RunContext; question?: Consultation }
  ): Promise<RunResult> {
    const entry = this.loads.get(load);
    if (!entry) {
      return {
        outcome: 'stopped',
        error: chatOpsError('CHATOPS_SKILL_CHANGED', { name: skill }).record
      };
    }
    const run = this.next++;
    entry.active.add(run);
    const seconds = entry.limits.waiting;
    const deadline = new Deadline(this.clock, seconds * 1000, () => {
      const { record } = chatOpsError('CHATOPS_SKILL_TIMEOUT', { name: skill, seconds });
      this.endRun(run, { outcome: 'stopped', error: record }, 'It took too long.');
    });
    return new Promise<RunResult>(finish => {
      this.runs.set(run, { load, context, deadline, finish });
      this.thread.send({ type: 'run', run, load, invocation, ...(question && { question }) });
    });
  }

  private take(event: ThreadEvent): void {
    switch (event.type) {
      case 'loaded':
        this.endLoading(event.load, event);
        break;
      case 'refused':
        this.endLoading(event.load, event);
        break;
      case 'call':
        void this.answer(event);
        break;
      case 'log':
        this.runs.get(event.run ?? 0)?.context?.log(event.line);
        this.host.log(this.loads.get(event.load)?.skill ?? 'unknown', event.line);
        break;
      case 'http':
        this.runs.get(event.run ?? 0)?.context?.http(event.call);
        break;
      case 'done':
        this.endRun(
          event.run,
          event.error
            ? { outcome: 'failed', error: event.error }
            : { outcome: 'answered', value: event.value }
        );
        break;
      case 'matched':
        this.matching.settle(event);
        break;
      case 'stray':
        this.host.stray(event.error);
        break;
      default:
        break;
    }
  }

  private async answer({
    call,
    load,
    run,
    request
  }: Extract<ThreadEvent, { type: 'call' }>): Promise<void> {
    try {
      const value = await this.serve(request, load, run);
      this.thread.send({ type: 'answer', call, ...(value !== undefined && { value }) });
    } catch (error) {
      this.thread.send({ type: 'answer', call, error: toErrorRecord(error) });
    }
  }

  private async serve(
    request: HostRequest,
    load: number,
    number: number | undefined
  ): Promise<unknown> {
    const run = this.runs.get(number ?? 0);
    if (!run?.context) {
      return this.host.serve(this.loads.get(load)?.skill ?? 'unknown', request);
    }
    if (request.method !== 'ask') {
      return run.context.request(request);
    }
    // A person may take longer than a skill may.
    run.deadline.pause();
    try {
      return await run.context.request(request);
    } finally {
      run.deadline.resume();
    }
  }

  /** False when nobody waits for this load any more. */
  private endLoading(load: number, result: LoadResult): boolean {
    const resolve = this.loading.get(load);
    this.loading.delete(load);
    resolve?.(result);
    return resolve !== undefined;
  }

  /** @param abort - told to the run when it is still going on. */
  private endRun(number: number, result: RunResult, abort?: string): void {
    const run = this.runs.get(number);
    if (!run) {
      return;
    }
    this.runs.delete(number);
    run.deadline.stop();
    if (abort !== undefined) {
      this.thread.send({ type: 'abort', run: number, reason: abort });
    }
    const load = this.loads.get(run.load);
    load?.active.delete(number);
    if (load?.retired && load.active.size === 0) {
      this.drop(run.load);
    }
    run.finish(result);
  }

  private blockingLimit({ load, match }: Running): number {
    if (match !== undefined) {
      return MATCH_LIMIT;
    }
    return this.loads.get(load ?? 0)?.limits.blocking ?? DEFAULT_BLOCKING_LIMIT;
  }

  /** Something kept the thread busy for too long and was ended: tell whoever waits for it. */
  private stopped({ load, run, match, frames }: Runaway, seconds: number): void {
    const { skill = 'unknown' } = this.loads.get(load ?? 0) ?? {};
    if (match !== undefined) {
      this.matching.giveUp(match);
      return;
    }
    const error = chatOpsError(
      'CHATOPS_SKILL_BLOCKED',
      { name: skill, seconds },
      this.placeOf(load, frames)
    );
    if (run !== undefined && this.runs.has(run)) {
      this.endRun(run, { outcome: 'stopped', error: error.record }, 'It kept the processor busy.');
    } else if (!this.endLoading(load ?? 0, { error: error.record, files: {} })) {
      this.host.stray(error.record);
    }
  }

  /** The author's place in the thread's stack; the thread itself cannot be asked while it is busy. */
  private placeOf(number: number | undefined, frames: readonly StackFrame[]): ErrorContext {
    const load = this.loads.get(number ?? 0);
    for (const { file } of frames) {
      const text = file === load?.entry ? load.text : undefined;
      this.sources.add(file, text ?? readFileSync(file, 'utf8'));
    }
    return this.sources.contextOfFrames(frames);
  }

  /** Everything in the thread is gone; whoever waits for any of it is told. */
  private threadLost(reason: string): void {
    const error = chatOpsError('CHATOPS_SKILL_THREAD_LOST', { reason }).record;
    this.loads.clear();
    for (const run of this.runs.keys()) {
      this.endRun(run, { outcome: 'stopped', error });
    }
    for (const load of this.loading.keys()) {
      this.endLoading(load, { error, files: {} });
    }
    this.matching.failAll(error);
    this.lost.emit(error);
  }

  private drop(load: number): void {
    this.loads.delete(load);
    this.thread.send({ type: 'dispose', load });
  }

  private ownerOf(file: string): number | undefined {
    return [...this.loads].toReversed().find(([, { files }]) => files.includes(file))?.[0];
  }
}
