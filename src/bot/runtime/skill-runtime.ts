import { readFileSync } from 'node:fs';
import path from 'node:path';
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
import type { SourceRegistry } from '../../loader';
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
import type { LoadedSkill, LoadRequest, RefusedSkill } from './loaded-skill';
import { PatternMatching } from './pattern-matching';
import { Residency } from './residency';
import type { Load, Resident } from './resident';
import type { Running } from './running';
import { SkillRun } from './skill-run';
import { HEAP_LIMIT, SkillThreadHandle, type ThreadLoss } from './skill-thread-handle';
import { SkillThreads } from './skill-threads';
import type { ThreadEvent, ThreadSettings } from './thread-frames';

/** What the runtime needs from the bot around it. */
export interface RuntimeHost {
  /** Serves what a skill asks for outside of any run, as from a timer. */
  serve<R extends HostRequest>(skill: string, request: R): Promise<HostAnswers[R['method']]>;
  log(skill: string, line: LogLine): void;
  /** A skill failed where nobody waited for it. */
  stray(error: ErrorRecord): void;
}

/** Something that a skill did came to its end. */
export interface SkillOutcome {
  skill: string;
  /** What went wrong, if anything did. */
  error?: ErrorRecord;
}

/** For code of a skill that is no longer known, in seconds. */
const DEFAULT_BLOCKING_LIMIT = 5;

/** Numbers fit into the memory that threads share. */
const LARGEST_NUMBER = 2 ** 30;

/**
 * The main thread's side of the skill threads: loads skills into them, runs their handlers there
 * under a deadline, and brings everything to another thread when one is stuck or lost.
 */
export class SkillRuntime {
  /** How runs end, and what goes wrong outside of them. */
  readonly ended = new Emitter<SkillOutcome>();
  /** These skills could not be brought back after their thread was lost: their files have changed. */
  readonly outdated = new Emitter<string[]>();
  /** Matches patterns without a linear form. */
  readonly matching: PatternMatching;

  private readonly threads: SkillThreads;
  private readonly residency: Residency;
  private sources: SourceRegistry | undefined;
  private readonly runs = new Map<number, SkillRun>();
  private readonly workspace: string;
  private number = 0;
  private stopping = false;

  /** @param programs - the folder with the programs of the threads. */
  constructor(
    programs: string,
    settings: ThreadSettings,
    private readonly clock: Clock,
    private readonly host: RuntimeHost
  ) {
    this.workspace = settings.workspace;
    const skillProgram = path.join(programs, 'skill-thread.cjs');
    const patternProgram = path.join(programs, 'pattern-thread.cjs');
    this.threads = new SkillThreads(() => {
      const thread: SkillThreadHandle = new SkillThreadHandle(skillProgram, settings, clock, {
        limitOf: ({ load }) => this.limitOf(load),
        ownerOf: file => this.residency.ownerOf(file, thread)?.number,
        blocked: (runaway, seconds) => this.blocked(runaway, seconds)
      });
      return thread;
    });
    this.residency = new Residency(this.threads, clock, () => this.nextNumber());
    this.threads.heard.on(({ thread, event }) => this.take(thread, event));
    this.threads.stuck.on(({ thread, tasks }) => this.goAround(thread, tasks));
    this.threads.lost.on(({ thread, loss }) => this.threadLost(thread, loss));
    this.matching = new PatternMatching(patternProgram, clock, (skill, error) => {
      this.host.stray(error);
      this.ended.emit({ skill, error });
    });
  }

  /** Starts the first thread now: it takes a while, and the first skill would have to wait for it. */
  warmUp(): void {
    this.threads.forSharing();
  }

  /** Ends the threads; what runs is stopped. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.matching.stop();
    await this.threads.stop();
  }

  /** Loads a version of a skill beside those that are there, or says why it would not load. */
  async load(request: LoadRequest): Promise<LoadedSkill | RefusedSkill> {
    if (!this.sources) {
      // It brings a compiler along, for which a bot without skills has no use.
      const { SourceRegistry } = await import('../../loader');
      this.sources ??= new SourceRegistry(this.workspace);
    }
    const result = await this.residency.open(request);
    if ('error' in result) {
      return result;
    }
    const { resident, matchers, warnings, files, keepsState } = result;
    return {
      load: resident.id,
      matchers,
      warnings,
      files,
      keepsState,
      runner: this.runnerOf(resident)
    };
  }

  /** Takes a version out of use. What it still runs may end first. */
  retire(load: number): void {
    this.residency.retire(load);
  }

  private runnerOf(resident: Resident): SkillRunner {
    return {
      run: (invocation, context) => this.run(resident, invocation, { context }),
      consult: async (invocation, question) => {
        const result = await this.run(resident, invocation, { question });
        if (result.outcome !== 'answered') {
          throw new ChatOpsError(result.error);
        }
        return result.value;
      }
    };
  }

  private run(
    resident: Resident,
    invocation: Invocation,
    { context, question }: { context?: RunContext; question?: Consultation }
  ): Promise<RunResult> {
    const { skill, limits } = resident;
    return new Promise<RunResult>(finish => {
      const run = new SkillRun({ resident, invocation, context, question, finish });
      if (resident.retired) {
        const { record } = chatOpsError('CHATOPS_SKILL_CHANGED', { name: skill });
        finish({ outcome: 'stopped', error: record });
        return;
      }
      this.residency.enter(resident);
      run.deadline = new Deadline(this.clock, limits.waiting * 1000, () => {
        const parameters = { name: skill, seconds: limits.waiting };
        const context = placeOfMatcher(run);
        const { record } = chatOpsError('CHATOPS_SKILL_TIMEOUT', parameters, context);
        this.endRun(run, { outcome: 'stopped', error: record }, 'It took too long.');
      });
      this.dispatch(run);
    });
  }

  /** Sends a run to where its skill lives. */
  private dispatch(run: SkillRun): void {
    const { resident } = run;
    const { thread } = resident.load ?? {};
    if (thread?.isStuck && this.threads.isShared(thread) && !resident.retired) {
      const other = this.threads.forSharingBeside(thread);
      if (other && other !== thread) {
        void this.residency.move(resident, other);
      }
    }
    if (resident.load && !resident.moving) {
      this.send(run, resident.load);
      return;
    }
    void this.residency.placeOf(resident).then(load => {
      if (load) {
        this.send(run, load);
      } else {
        const { record } = chatOpsError('CHATOPS_SKILL_CHANGED', { name: resident.skill });
        this.endRun(run, { outcome: 'stopped', error: record });
      }
    });
  }

  private send(run: SkillRun, load: Load): void {
    const number = this.nextNumber();
    run.number = number;
    run.load = load;
    this.runs.set(number, run);
    load.active.add(number);
    const { invocation, question } = run;
    load.thread.offer(number, {
      type: 'run',
      run: number,
      load: load.number,
      invocation,
      ...(question && { question })
    });
  }

  private take(thread: SkillThreadHandle, event: ThreadEvent): void {
    switch (event.type) {
      case 'loaded':
      case 'refused':
      case 'turnedAway':
        this.residency.take(event);
        break;
      case 'call':
        void this.answer(thread, event);
        break;
      case 'log':
        this.runs.get(event.run ?? 0)?.context?.log(event.line);
        this.host.log(this.skillOf(event.load), event.line);
        break;
      case 'http': {
        const run = this.runs.get(event.run ?? 0);
        run?.noteHttp(event.call);
        run?.context?.http(event.call);
        break;
      }
      case 'done': {
        const run = this.runs.get(event.run);
        if (run) {
          this.endRun(
            run,
            event.error
              ? { outcome: 'failed', error: event.error }
              : { outcome: 'answered', value: event.value }
          );
        }
        break;
      }
      case 'flood':
        this.overrun(this.runs.get(event.run ?? 0), this.skillOf(event.load), event.error);
        break;
      case 'stray':
        this.host.stray(event.error);
        this.ended.emit({ skill: this.skillOf(event.load), error: event.error });
        break;
      default:
        break;
    }
  }

  private async answer(
    thread: SkillThreadHandle,
    { call, load, run, request }: Extract<ThreadEvent, { type: 'call' }>
  ): Promise<void> {
    try {
      const value = await this.serve(request, load, this.runs.get(run ?? 0));
      thread.send({ type: 'answer', call, ...(value !== undefined && { value }) });
    } catch (error) {
      thread.send({ type: 'answer', call, error: toErrorRecord(error) });
    }
  }

  private serve(request: HostRequest, load: number, run: SkillRun | undefined): Promise<unknown> {
    const { context } = run ?? {};
    return run && context
      ? run.ask(request, () => context.request(request))
      : this.host.serve(this.skillOf(load), request);
  }

  /** @param abort - told to the run when it is still going on. */
  private endRun(run: SkillRun, result: RunResult, abort?: string): void {
    const { number, load, deadline, resident } = run;
    if (run.hasEnded) {
      return;
    }
    run.hasEnded = true;
    this.runs.delete(number);
    deadline?.stop();
    if (load) {
      if (abort !== undefined) {
        load.thread.send({ type: 'abort', run: number, reason: abort });
      }
      this.residency.leave(load, number);
    }
    this.residency.exit(resident);
    const { skill } = resident;
    this.ended.emit(result.outcome === 'answered' ? { skill } : { skill, error: result.error });
    run.finish(result);
  }

  /** A skill did too much: its run ends, or it is told to people when it was outside of any. */
  private overrun(run: SkillRun | undefined, skill: string, error: ErrorRecord): void {
    if (run) {
      this.endRun(run, { outcome: 'stopped', error });
    } else {
      this.host.stray(error);
      this.ended.emit({ skill, error });
    }
  }

  private limitOf(load: Running['load']): number {
    return this.residency.load(load ?? 0)?.resident.limits.blocking ?? DEFAULT_BLOCKING_LIMIT;
  }

  /** Something kept a thread busy for too long and was ended: tell whoever waits for it. */
  private blocked(runaway: Runaway, seconds: number): void {
    const { load, run: number } = runaway;
    const name = this.skillOf(load);
    const place = this.placeOf(runaway);
    const { record } = chatOpsError('CHATOPS_SKILL_BLOCKED', { name, seconds }, place);
    const run = this.runs.get(number ?? 0);
    if (run) {
      this.endRun(run, { outcome: 'stopped', error: record }, 'It kept the processor busy.');
    } else if (number !== undefined) {
      // Whoever waited for it was told before: it went on after it had been stopped.
      this.ended.emit({ skill: name, error: record });
    } else if (!this.residency.refuse(load ?? 0, record)) {
      this.host.stray(record);
      this.ended.emit({ skill: name, error: record });
    }
  }

  /** A thread does not begin what it was sent: the others go elsewhere. */
  private goAround(thread: SkillThreadHandle, tasks: readonly number[]): void {
    for (const run of this.runs.values()) {
      if (run.load?.thread === thread && run.isHeldUp) {
        // It has said what it has to say, or waits to go on; its room need not wait with it.
        run.context?.release?.();
      }
    }
    for (const task of tasks) {
      const run = this.runs.get(task);
      if (!run) {
        this.residency.reroute(task);
        continue;
      }
      const { resident } = run;
      const other =
        this.threads.isShared(thread) && !resident.retired
          ? this.threads.forSharingBeside(thread)
          : undefined;
      if (other && other !== thread && thread.claims.withdraw(task)) {
        this.recall(run);
        if (resident.load?.thread === thread) {
          void this.residency.move(resident, other);
        }
        this.dispatch(run);
      }
    }
  }

  /** Everything in a thread is gone. What had not begun there, or waits for a person, goes on elsewhere. */
  private threadLost(thread: SkillThreadHandle, loss: ThreadLoss): void {
    if (this.stopping) {
      return;
    }
    const { suspect } = loss;
    const { last } = thread.claims;
    const runs = [...this.runs].filter(([, run]) => run.load?.thread === thread);
    // Seen at it; or begun last; or the one that has been at it longest.
    const culpritRun = this.runs.get(suspect?.run ?? last) ?? (suspect ? undefined : runs[0]?.[1]);
    const culprit =
      this.residency.load(suspect?.load ?? 0)?.resident ??
      culpritRun?.resident ??
      this.residency.loading(last);
    const name = culprit?.skill ?? 'unknown';
    const error = lossError(
      name,
      loss,
      suspect ? this.placeOf(suspect) : culpritRun ? placeOfMatcher(culpritRun) : {}
    );
    const isLoading = culprit !== undefined && culprit.load === undefined;
    const lost = this.residency.lose(thread, culprit, error);
    for (const [number, run] of runs) {
      if (run === culpritRun) {
        this.endRun(run, { outcome: 'stopped', error });
      } else if (thread.claims.waits(number)) {
        this.recall(run);
        this.dispatch(run);
      } else if (run.canBeginAgain) {
        this.recall(run);
        run.beginAgain();
        this.dispatch(run);
      } else {
        const parameters = { name: run.resident.skill, culprit: name };
        const { record } = chatOpsError('CHATOPS_SKILL_CUT_SHORT', parameters);
        this.endRun(run, { outcome: 'stopped', error: record });
      }
    }
    if (!culpritRun && !isLoading) {
      this.host.stray(error);
      this.ended.emit({ skill: name, error });
    }
    void this.bringBack(lost);
  }

  /** Skills that do things by themselves do so again; the others come back when they are wanted. */
  private async bringBack(lost: readonly Resident[]): Promise<void> {
    const places = await Promise.all(
      lost
        .filter(({ keepsState, retired }) => keepsState && !retired)
        .map(async resident => ({ resident, load: await this.residency.placeOf(resident) }))
    );
    const outdated = places.filter(({ load }) => !load).map(({ resident }) => resident.skill);
    if (outdated.length > 0) {
      this.outdated.emit(outdated);
    }
  }

  /** Takes a run away from where it was sent. */
  private recall(run: SkillRun): void {
    this.runs.delete(run.number);
    if (run.load) {
      this.residency.leave(run.load, run.number);
      run.load = undefined;
    }
  }

  /** The author's place in a thread's stack; the thread itself cannot be asked while it is busy. */
  private placeOf({ load, frames }: Runaway): ErrorContext {
    const { entry, text } = this.residency.load(load ?? 0)?.resident ?? {};
    for (const { file } of frames) {
      this.addSource(file, file === entry ? text : undefined);
    }
    return this.sources?.contextOfFrames(frames satisfies readonly StackFrame[]) ?? {};
  }

  private addSource(file: string, text: string | undefined): void {
    try {
      this.sources?.add(file, text ?? readFileSync(file, 'utf8'));
    } catch {
      // It was deleted meanwhile; the place is told without it.
    }
  }

  private skillOf(load: number | undefined): string {
    return this.residency.load(load ?? 0)?.resident.skill ?? 'unknown';
  }

  private nextNumber(): number {
    this.number = (this.number % LARGEST_NUMBER) + 1;
    return this.number;
  }
}

function lossError(name: string, { reason, detail }: ThreadLoss, place: ErrorContext): ErrorRecord {
  if (reason === 'memory') {
    return chatOpsError('CHATOPS_SKILL_MEMORY', { name, limit: HEAP_LIMIT }, place).record;
  }
  const words = reason === 'silent' ? 'it no longer answered' : (detail ?? 'it was ended');
  return chatOpsError('CHATOPS_SKILL_THREAD_LOST', { name, reason: words }, place).record;
}

/** Where a run's matcher is declared, when nothing nearer is known. */
function placeOfMatcher({ resident, invocation }: SkillRun): ErrorContext {
  const where = resident.matchers.find(({ id }) => id === invocation.matcher)?.where;
  return where ? { where } : {};
}
