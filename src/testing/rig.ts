import { setImmediate as nextTurn } from 'node:timers/promises';
import { digest } from '../bot/runtime/digest';
import {
  Engine,
  MemoryJournal,
  NativePattern,
  ProcessMemory,
  SkillRegistry,
  type GuardedMatcher
} from '../engine';
import {
  ChatOpsError,
  createId,
  formatError,
  type ChatMessage,
  type ErrorRecord,
  type LogLine
} from '../protocol';
import type { SkillInput, TestBotOptions } from './api';
import { LocalSkill, type LocalHost } from './local-skill';
import { originOf } from './skill-input';
import { StubbedHttp } from './stubbed-http';
import { TestConnector, type Shown } from './test-connector';
import { toTime, VirtualClock } from './virtual-clock';

/** Where the clock of a test begins unless it says otherwise: a Monday morning. */
const START = Date.UTC(2026, 0, 5, 9);

/** How long a test waits for a skill that does something outside of the test, in milliseconds. */
const PATIENCE = 10_000;

/** After so many turns of the event loop without news, what waits for time waits for time. */
const QUIET_TURNS = 3;

/** Matches patterns without a linear form here; a test has no thread to end. */
const localGuard: GuardedMatcher = {
  match: (matchers, text) =>
    Promise.resolve(
      matchers.flatMap(matcher => {
        const { record } = matcher;
        const isPattern = record.kind === 'regex' || record.kind === 'parse';
        const match = isPattern && new NativePattern(record).exec(text);
        return match ? [{ matcher, match }] : [];
      })
    )
};

/** The engine, the skills and the world of a bot in a test. */
export class Rig {
  readonly time: VirtualClock;
  readonly http = new StubbedHttp();
  readonly journal = new MemoryJournal();
  /** What people see, in the order in which it was shown. */
  readonly shown: Shown[] = [];
  /** Lines that skills have logged. */
  readonly logs: string[] = [];
  /** What went wrong where nobody was told. */
  readonly troubles: ErrorRecord[] = [];
  readonly roles: Record<string, string[]>;
  readonly inputs = new Map<string, SkillInput>();
  engine: Engine;

  private readonly root: string;
  private readonly store: ProcessMemory;
  private readonly fingerprints = new WeakMap<object, string>();
  private skills = new Map<string, LocalSkill>();
  private changes = 0;
  /** What things were like when they had settled last. */
  private settled: string | undefined;

  /** @throws ChatOpsError `CHATOPS_SKILL_PATH` for a skill that is not there. */
  constructor(private readonly options: TestBotOptions) {
    const { now = START, roles = {}, root = process.cwd() } = options;
    this.time = new VirtualClock(toTime(now));
    this.store = new ProcessMemory(this.time);
    this.root = root;
    this.roles = Object.fromEntries(
      Object.entries(roles).map(([role, members]) => [role, [...members]])
    );
    options.skills.forEach((input, i) => this.inputs.set(originOf(input, i, root).name, input));
    this.engine = this.createEngine();
  }

  /** Everything in the journal, oldest first. */
  get messages(): ChatMessage[] {
    const all: ChatMessage[] = [];
    for (let seq = this.journal.first; seq <= this.journal.last; seq++) {
      all.push(this.journal.get(seq)!);
    }
    return all;
  }

  /** Loads the skills and starts the bot. */
  async open(): Promise<void> {
    this.configure();
    let index = 0;
    for (const [name, input] of this.inputs) {
      await this.load(name, input, index++);
    }
    this.engine.resume();
    await this.engine.scheduler.start();
    await this.engine.fire({
      connector: '',
      room: '',
      user: this.engine.bot,
      text: '',
      event: { type: 'BotStarted', data: {} }
    });
    await this.settle();
  }

  /** Ends the bot and starts it again with all that it has kept. */
  async restart(): Promise<void> {
    this.engine.stop();
    this.skills = new Map();
    this.engine = this.createEngine();
    await this.open();
  }

  /**
   * Puts a skill into force, or another version of it.
   *
   * @throws Error what is wrong with it.
   */
  async reload(input: SkillInput): Promise<void> {
    const index = this.inputs.size;
    const { name } = originOf(input, index, this.root);
    this.inputs.set(name, input);
    await this.load(name, input, index);
    await this.settle();
  }

  /** Puts the roles into force that people have now. */
  configure(): void {
    this.engine.configure({
      roles: this.roles,
      timezone: this.options.timezone ?? 'UTC',
      language: 'en',
      minScores: new Map(),
      disabledParsers: new Set()
    });
  }

  /** Waits until everything is done, or waits for time or for a person. */
  async settle(): Promise<void> {
    // Most of the times at which a clock is looked at nothing happens.
    if (await this.isQuiet()) {
      return;
    }
    const began = performance.now();
    let before = this.state(0);
    for (let quiet = 0, needed = 1; quiet < needed;) {
      let isIdle = false;
      void this.engine.whenIdle().then(() => (isIdle = true));
      await nextTurn();
      const skills = [...this.skills.values()];
      const { running } = this;
      const busy = skills.filter(skill => skill.busy > 0);
      const isBusy = busy.length > 0 || (!isIdle && running === 0);
      const now = this.state(running);
      quiet = isBusy || now !== before ? 0 : quiet + 1;
      needed = running > 0 ? QUIET_TURNS : 1;
      before = now;
      if (isBusy && performance.now() - began > PATIENCE) {
        const names = [...this.skills].filter(([, skill]) => busy.includes(skill));
        throw new Error(
          `Still at work after ${PATIENCE / 1000} s: ${names.map(([name]) => name).join(', ') || 'the bot'}. ` +
            'What a skill waits for must be something the test has: its time, its people, its answers to requests.'
        );
      }
    }
    this.settled = before;
  }

  /** True when nothing runs, and nothing has happened since things settled last. */
  private async isQuiet(): Promise<boolean> {
    let isIdle = false;
    void this.engine.whenIdle().then(() => (isIdle = true));
    for (let i = 0; i < 10; i++) {
      await Promise.resolve();
    }
    return isIdle && this.running === 0 && this.state(0) === this.settled;
  }

  private get running(): number {
    return [...this.skills.values()].reduce((sum, skill) => sum + skill.running, 0);
  }

  private state(running: number): string {
    return `${this.journal.last} ${this.shown.length} ${this.changes} ${running}`;
  }

  /** What a promise gives; a test does not wait for it longer than {@link PATIENCE}. */
  async within<T>(promise: Promise<T>, what: string): Promise<T> {
    const began = performance.now();
    const state = { isOver: false };
    const watched = promise.finally(() => (state.isOver = true));
    watched.catch(() => undefined);
    while (!state.isOver) {
      await nextTurn();
      if (performance.now() - began > PATIENCE) {
        throw new Error(`Still waiting for ${what} after ${PATIENCE / 1000} s.`);
      }
    }
    return watched;
  }

  private createEngine(): Engine {
    const { name = 'bot', connectors = [{ name: 'test' }], random } = this.options;
    const engine = new Engine({
      registry: new SkillRegistry(this.time.now),
      journal: this.journal,
      guard: localGuard,
      clock: this.time,
      memory: this.store,
      bot: { id: 'bot', name, bot: true },
      onTrouble: error => this.troubles.push(error),
      ...(random && { random })
    });
    connectors.forEach(each => engine.addConnector(new TestConnector(each, this.shown)));
    engine.speaker.updates.on(() => this.changes++);
    engine.handled.on(({ message }) => {
      const error = message.room === '' && engine.trace(message.seq).run?.error;
      if (error) {
        this.troubles.push(error);
      }
    });
    return engine;
  }

  private async load(name: string, input: SkillInput, index: number): Promise<void> {
    const origin = originOf(input, index, this.root);
    const config = { ...this.options.config?.[name], ...origin.config };
    try {
      const opened = LocalSkill.open({ ...origin, config }, this.localHost());
      const skill = await this.within(opened, `loading ${name}`);
      this.troubles.push(...skill.warnings);
      const code = origin.exports ? this.fingerprintOf(origin.exports) : skill.text;
      const { registry } = this.engine;
      const change = registry.put(skill.toSkill(digest(JSON.stringify([code, config]))));
      this.skills.set(name, skill);
      registry.announce({ cause: 'start', changes: [change] });
    } catch (error) {
      throw error instanceof ChatOpsError
        ? Object.assign(new Error(formatError(error.record), { cause: error }), {
            code: error.code
          })
        : error;
    }
  }

  private localHost(): LocalHost {
    const { name = 'bot' } = this.options;
    const { engine } = this;
    return {
      root: this.root,
      bot: { name, version: 'test' },
      clock: this.time,
      http: this.http,
      serve: (skill, request) => engine.serve(skill, request),
      log: (skill: string, { level, text }: LogLine) => this.logs.push(`${skill} ${level}: ${text}`)
    };
  }

  private fingerprintOf(exports: object): string {
    const known = this.fingerprints.get(exports) ?? createId();
    this.fingerprints.set(exports, known);
    return known;
  }
}
