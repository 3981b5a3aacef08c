import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type {
  Clock,
  GuardedMatcher,
  GuardedResult,
  Invocation,
  LiveMatcher,
  RunContext,
  RunResult,
  SkillRunner
} from '../../engine';
import { SourceRegistry } from '../../loader';
import {
  chatOpsError,
  Emitter,
  reasonOf,
  toErrorRecord,
  type ErrorContext,
  type ErrorRecord,
  type LogLine,
  type MatcherRecord,
  type SkillRecord
} from '../../protocol';
import type { StackFrame } from '../../source';
import { BlockWatch, type Runaway } from './block-watch';
import type { Running } from './running';
import type {
  FileDigests,
  HostRequest,
  ThreadEvent,
  ThreadRequest,
  ThreadSettings
} from './thread-frames';

/** How long a skill may work, in seconds. */
export interface RunLimits {
  /** One run from its beginning to its end, waiting included. */
  waiting: number;
  /** Without giving way to others. */
  blocking: number;
}

/** A skill to be loaded. */
export interface LoadRequest {
  skill: string;
  /** An absolute path. */
  entry: string;
  /** The entry's text, when it is not to be read from the file. */
  text?: string;
  config: Record<string, unknown>;
  limits: RunLimits;
}

/** A version of a skill that is loaded in the thread. */
export interface LoadedSkill {
  /** Its number, for {@link SkillRuntime.retire}. */
  load: number;
  matchers: MatcherRecord[];
  warnings: ErrorRecord[];
  files: FileDigests;
  runner: SkillRunner;
}

/** A version of a skill that would not load. */
export interface RefusedSkill {
  error: ErrorRecord;
  /** What was read before it failed. */
  files: FileDigests;
}

/** What the runtime needs from the bot around it. */
export interface RuntimeHost {
  skills(): SkillRecord[];
  /** Sends what a skill says after its run has ended, as from a timer. */
  replyLate(skill: string, request: Extract<HostRequest, { method: 'respond' }>): Promise<unknown>;
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
  context: RunContext;
  finish(result: RunResult): void;
}

type MatchResult = Omit<GuardedResult, 'matcher'>;

interface OpenMatch {
  skill: string;
  resolve(result: MatchResult): void;
}

type LoadResult = Omit<LoadedSkill, 'runner'> | RefusedSkill;

/** A load may take as long as a run; an endless one must not hold up the bot's start. */
const LOADING_LIMIT = 30;

/** For code of a skill that is no longer known, in seconds. */
const DEFAULT_BLOCKING_LIMIT = 5;

/** How long a pattern without a linear form may take, in seconds. */
const MATCH_LIMIT = 1;

/**
 * The main thread's side of the skill thread: loads skills into it, runs their handlers there under
 * a deadline, and replaces it when it cannot be saved.
 */
export class SkillRuntime implements GuardedMatcher {
  /** The thread was replaced; everything must be loaded again. */
  readonly lost = new Emitter<ErrorRecord>();

  private readonly sources: SourceRegistry;
  private readonly loads = new Map<number, Load>();
  private readonly runs = new Map<number, Run>();
  private readonly loading = new Map<number, (result: LoadResult) => void>();
  private readonly matching = new Map<number, OpenMatch>();
  private worker: Worker | undefined;
  private ready: Promise<void> = Promise.resolve();
  private watch: BlockWatch | undefined;
  private next = 1;
  private stopping = false;

  /** @param threadFile - the program of the thread. */
  constructor(
    private readonly threadFile: string,
    private readonly settings: ThreadSettings,
    private readonly clock: Clock,
    private readonly host: RuntimeHost
  ) {
    this.sources = new SourceRegistry(settings.workspace);
  }

  /** Starts the thread. Resolves when it takes requests. */
  start(): Promise<void> {
    const worker = new Worker(this.threadFile, {
      workerData: this.settings,
      // An interrupt leaves Node's bookkeeping of async contexts unbalanced, which is harmless here.
      execArgv: ['--no-force-async-hooks-checks'],
      stdout: false,
      stderr: false
    });
    this.worker = worker;
    this.ready = new Promise(resolve => {
      worker.on('message', (event: ThreadEvent) => {
        if (event.type === 'ready') {
          resolve();
        } else if (worker === this.worker) {
          this.take(event);
        }
      });
    });
    worker.on('error', error => this.lose(worker, reasonOf(error)));
    worker.on('exit', () => this.lose(worker, 'a skill ended it'));
    this.watch = new BlockWatch(worker, this.clock, {
      limitOf: running => this.blockingLimit(running),
      ownerOf: file => this.ownerOf(file),
      blocked: (runaway, seconds) => this.stopped(runaway, seconds),
      dead: () => this.lose(worker, 'it no longer answered')
    });
    return this.ready;
  }

  /** Ends the thread; what runs is stopped. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.watch?.stop();
    await this.worker?.terminate();
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
    await this.ready;
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
      this.send({ type: 'load', load, skill, entry, config, ...(text !== undefined && { text }) });
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

  async match(matchers: readonly LiveMatcher[], text: string): Promise<GuardedResult[]> {
    const results = await Promise.all(matchers.map(matcher => this.matchOne(matcher, text)));
    return results.filter(({ match, error }) => match ?? error);
  }

  private async matchOne(matcher: LiveMatcher, text: string): Promise<GuardedResult> {
    await this.ready;
    const { pattern, flags, condition } = matcher.record;
    const number = this.next++;
    const result = await new Promise<MatchResult>(resolve => {
      this.matching.set(number, { skill: matcher.skill, resolve });
      this.send({
        type: 'match',
        match: number,
        pattern: { skill: matcher.skill, pattern, flags, condition },
        text
      });
    });
    return { matcher, ...result };
  }

  private runnerOf(load: number, skill: string): SkillRunner {
    return { run: (invocation, context) => this.run(load, skill, invocation, context) };
  }

  private async run(
    load: number,
    skill: string,
    { matcher, message, spans, captures }: Invocation,
    context: RunContext
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
    const timer = this.clock.setTimeout(() => {
      const { record } = chatOpsError('CHATOPS_SKILL_TIMEOUT', { name: skill, seconds });
      this.endRun(run, { outcome: 'stopped', error: record }, 'It took too long.');
    }, seconds * 1000);
    try {
      return await new Promise<RunResult>(finish => {
        this.runs.set(run, { load, context, finish });
        this.send({ type: 'run', run, load, matcher, message, spans, captures });
      });
    } finally {
      this.clock.clearTimeout(timer);
    }
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
        this.runs.get(event.run ?? 0)?.context.log(event.line);
        this.host.log(this.loads.get(event.load)?.skill ?? 'unknown', event.line);
        break;
      case 'http':
        this.runs.get(event.run ?? 0)?.context.http(event.call);
        break;
      case 'done':
        this.endRun(
          event.run,
          event.error ? { outcome: 'failed', error: event.error } : { outcome: 'answered' }
        );
        break;
      case 'matched': {
        const { match, result, error } = event;
        this.matching
          .get(match)
          ?.resolve({ ...(result && { match: result }), ...(error && { error }) });
        this.matching.delete(match);
        break;
      }
      case 'stray':
        this.host.stray(event.error);
        break;
      case 'pong':
        this.watch?.pong(event.ping);
        break;
      case 'ready':
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
      this.send({ type: 'answer', call, ...(value !== undefined && { value }) });
    } catch (error) {
      this.send({ type: 'answer', call, error: toErrorRecord(error) });
    }
  }

  private async serve(
    request: HostRequest,
    load: number,
    run: number | undefined
  ): Promise<unknown> {
    if (request.method === 'skills') {
      return this.host.skills();
    }
    const context = this.runs.get(run ?? 0)?.context;
    if (context) {
      await context.respond(request.text);
    } else {
      await this.host.replyLate(this.loads.get(load)?.skill ?? 'unknown', request);
    }
    return undefined;
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
    if (abort !== undefined) {
      this.send({ type: 'abort', run: number, reason: abort });
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
      const waiting = this.matching.get(match);
      this.matching.delete(match);
      waiting?.resolve({
        error: chatOpsError('CHATOPS_MATCHER_SLOW', { name: waiting.skill, seconds: MATCH_LIMIT })
          .record
      });
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

  /** The thread is gone, with everything in it: begin a new one. */
  private lose(worker: Worker, reason: string): void {
    if (worker !== this.worker || this.stopping) {
      return;
    }
    this.watch?.stop();
    void worker.terminate();
    const error = chatOpsError('CHATOPS_SKILL_THREAD_LOST', { reason });
    this.loads.clear();
    const { runs, loading, matching } = this;
    const runsThen = [...runs.values()];
    const loadingThen = [...loading.values()];
    const matchingThen = [...matching.values()];
    runs.clear();
    loading.clear();
    matching.clear();
    void this.start();
    runsThen.forEach(run => run.finish({ outcome: 'stopped', error: error.record }));
    loadingThen.forEach(resolve => resolve({ error: error.record, files: {} }));
    matchingThen.forEach(waiting => waiting.resolve({ error: error.record }));
    this.lost.emit(error.record);
  }

  private drop(load: number): void {
    this.loads.delete(load);
    this.send({ type: 'dispose', load });
  }

  private send(request: ThreadRequest): void {
    this.worker?.postMessage(request);
  }

  private ownerOf(file: string): number | undefined {
    return [...this.loads].toReversed().find(([, { files }]) => files.includes(file))?.[0];
  }
}
