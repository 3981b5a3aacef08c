import { callFailure, callMatcher } from '../bot/runtime/skill-call';
import { SkillLoad } from '../bot/runtime/skill-load';
import { formatLine, scopedConsole } from '../bot/runtime/scoped-console';
import {
  Deadline,
  type Consultation,
  type HostAnswers,
  type HostRequest,
  type Invocation,
  type RunContext,
  type RunResult,
  type Skill,
  type SkillRunner
} from '../engine';
import { ModuleLoader } from '../loader';
import {
  ChatOpsError,
  chatOpsError,
  type ErrorRecord,
  type HttpCall,
  type LogLine
} from '../protocol';
import type { Bot } from '../skill';
import { SkillBot, SkillMessage } from '../skill/host';
import { play, sceneAtHand, timersPromises, type Scene } from './scene';
import type { SkillOrigin } from './skill-input';
import type { StubbedHttp } from './stubbed-http';
import type { VirtualClock } from './virtual-clock';

/** How long a run may take, in seconds, unless its section says otherwise. */
const DEFAULT_TIMEOUT = 60;

/** What skills of a test share. */
export interface LocalHost {
  readonly root: string;
  readonly bot: { name: string; version: string };
  readonly clock: VirtualClock;
  readonly http: StubbedHttp;
  /** Serves what a skill asks for outside of any run. */
  serve<R extends HostRequest>(skill: string, request: R): Promise<HostAnswers[R['method']]>;
  log(skill: string, line: LogLine): void;
}

/** A call of a skill while it lasts. */
class Run implements Scene {
  readonly clock: VirtualClock;
  readonly calls = new Set<Promise<unknown>>();
  readonly controller = new AbortController();
  private timers = 0;

  constructor(
    private readonly skill: string,
    private readonly host: LocalHost,
    readonly context: RunContext | undefined
  ) {
    this.clock = host.clock;
  }

  /** True when only time or a person can make it go on. */
  get waits(): boolean {
    return this.calls.size > 0 || this.timers > 0;
  }

  fetch(request: Request): Promise<Response> {
    const report = (call: HttpCall): void => this.context?.http(call);
    return this.host.http.fetch(request, report);
  }

  onTimer(change: 1 | -1): void {
    this.timers += change;
  }

  readonly ask = <R extends HostRequest>(request: R): Promise<HostAnswers[R['method']]> => {
    const answer = this.context?.request(request) ?? this.host.serve(this.skill, request);
    this.calls.add(answer);
    const settled = answer.finally(() => this.calls.delete(answer));
    // Whoever awaits sees the failure; who forgot to is told by what did not happen.
    settled.catch(() => undefined);
    return settled;
  };

  log(line: LogLine): void {
    this.context?.log(line);
    this.host.log(this.skill, line);
  }
}

/** A skill that runs in the test's own process: loaded as the bot loads it, called as the bot calls it. */
export class LocalSkill implements SkillRunner {
  private readonly active = new Set<Run>();
  private readonly loader: ModuleLoader;
  private readonly load: SkillLoad;
  /** What is called outside of any run, as by a timer. */
  private readonly outside: Run;

  private constructor(
    private readonly origin: SkillOrigin,
    private readonly host: LocalHost
  ) {
    const { name, entry, source, config } = origin;
    this.loader = new ModuleLoader(host.root);
    this.outside = new Run(name, host, undefined);
    this.load = new SkillLoad({
      skill: name,
      entry,
      text: source,
      config: Object.freeze({ ...config, name }),
      bot: this.createBot(),
      scope: {
        globals: { console: scopedConsole(line => this.runAtHand().log(line)) },
        dispose: () => undefined
      },
      loader: this.loader,
      provided: { 'timers/promises': timersPromises, 'node:timers/promises': timersPromises }
    });
  }

  /**
   * Loads a skill.
   *
   * @throws ChatOpsError what is wrong with it.
   */
  static async open(origin: SkillOrigin, host: LocalHost): Promise<LocalSkill> {
    const skill = new LocalSkill(origin, host);
    await play(skill.outside, () =>
      origin.exports ? skill.load.adopt(origin.exports) : skill.load.open()
    );
    return skill;
  }

  /** The skill as an engine takes it. */
  toSkill(fingerprint: string): Skill {
    const { name } = this.origin;
    return {
      name,
      source: { kind: 'path', path: this.loader.sources.display(this.origin.entry) },
      matchers: this.load.matchers,
      fingerprint,
      runner: this
    };
  }

  /** What the author should know although the skill is fine. */
  get warnings(): readonly ErrorRecord[] {
    return this.load.warnings;
  }

  /** The files it was read from, and what stands in them. */
  get text(): string {
    const { sources } = this.loader;
    return this.load.files.map(file => `${file}\n${sources.textOf(file) ?? ''}`).join('\n');
  }

  /** The runs that go on by themselves: that wait neither for time nor for a person. */
  get busy(): number {
    return [...this.active].filter(run => !run.waits).length;
  }

  /** The runs that have not ended. */
  get running(): number {
    return this.active.size;
  }

  run(invocation: Invocation, context: RunContext): Promise<RunResult> {
    const { clock } = this.host;
    const { name } = this.origin;
    const seconds = Number(this.load.config.timeout ?? DEFAULT_TIMEOUT);
    return new Promise<RunResult>(resolve => {
      const deadline = new Deadline(clock, seconds * 1000, () => {
        const error = chatOpsError('CHATOPS_SKILL_TIMEOUT', { name, seconds });
        run.controller.abort(error);
        this.active.delete(run);
        resolve({ outcome: 'stopped', error: error.record });
      });
      const run = new Run(name, this.host, withoutTimeForPeople(context, deadline));
      void this.call(run, invocation).then(result => {
        deadline.stop();
        resolve(result);
      });
    });
  }

  async consult(invocation: Invocation, question: Consultation): Promise<unknown> {
    const result = await this.call(
      new Run(this.origin.name, this.host, undefined),
      invocation,
      question
    );
    if (result.outcome !== 'answered') {
      throw new ChatOpsError(result.error);
    }
    return result.value;
  }

  private async call(
    run: Run,
    invocation: Invocation,
    question?: Consultation
  ): Promise<RunResult> {
    this.active.add(run);
    const message = new SkillMessage(invocation, { signal: run.controller.signal, ask: run.ask });
    const matcher = this.load.matcher(invocation.matcher)!;
    try {
      const value = await play(run, () =>
        callMatcher(this.load, matcher, invocation, message, question)
      );
      await Promise.allSettled(run.calls);
      return { outcome: 'answered', ...(value !== undefined && { value }) };
    } catch (thrown) {
      await Promise.allSettled(run.calls);
      const error = callFailure(this.origin.name, thrown, this.loader.sources);
      return { outcome: 'failed', error };
    } finally {
      this.active.delete(run);
    }
  }

  private runAtHand(): Run {
    const scene = sceneAtHand();
    return scene instanceof Run && this.active.has(scene) ? scene : this.outside;
  }

  private createBot(): Bot {
    const line =
      (level: LogLine['level']) =>
      (...values: unknown[]): void =>
        this.runAtHand().log({ time: this.host.clock.now(), level, text: formatLine(values) });
    return new SkillBot({
      ...this.host.bot,
      workspace: this.host.root,
      log: {
        debug: line('debug'),
        info: line('info'),
        warn: line('warning'),
        error: line('error')
      },
      ask: request => this.runAtHand().ask(request)
    });
  }
}

/** A person may take longer than a skill may. */
function withoutTimeForPeople(context: RunContext, deadline: Deadline): RunContext {
  return {
    ...context,
    request: async request => {
      if (request.method !== 'ask') {
        return context.request(request);
      }
      deadline.pause();
      try {
        return await context.request(request);
      } finally {
        deadline.resume();
      }
    }
  };
}
