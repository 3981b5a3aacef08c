import {
  chatOpsError,
  createId,
  Emitter,
  type ChatEvent,
  type ChatMessage,
  type ErrorRecord,
  type Handled,
  type MessagePatch,
  type Trace,
  type User
} from '../protocol';
import type { Clock } from './clock';
import type { Connector, Incoming } from './connector';
import { isQuestion, PendingActions, Questions, type Reception } from './conversation';
import type { EngineParts } from './engine-parts';
import { EventHandling, typeOf, type HandlingResult } from './event-handling';
import type { HostAnswers, HostRequest } from './host-request';
import { placeKey, type Journal, type Place } from './journal';
import {
  argumentAgainst,
  rankCandidates,
  type GuardedMatcher,
  type RankingParts
} from './matching';
import { ProcessMemory, type MemoryStore } from './memory';
import { Roles } from './permission';
import { isAction, Proposer } from './proposer';
import { RoomQueues } from './room-queues';
import { Scheduler } from './schedule';
import type { LiveMatcher, SkillRegistry, LiveMatcherOf } from './skill-registry';
import { SkillRequests } from './skill-requests';
import type { RunResult } from './skill-runner';
import { Speaker, type Said } from './speech';
import { TraceStore } from './trace-store';
import { LanguageParsers } from './understanding';

/** What an engine is made of. */
export interface EngineOptions {
  registry: SkillRegistry;
  journal: Journal;
  guard: GuardedMatcher;
  clock: Clock;
  /** The bot as it appears in rooms. */
  bot: User;
  /** What skills remember with; a store that ends with the process when absent. */
  memory?: MemoryStore;
  /** Takes secrets out of whatever is about to be said or kept. */
  mask?: <T>(value: T) => T;
  /** A number from 0 up to and without 1. */
  random?: () => number;
  /** Told of what goes wrong outside of any message: a language service that does not answer. */
  onTrouble?: (error: ErrorRecord) => void;
}

/** The kinds of events that can answer a question. */
const ANSWERS: readonly string[] = ['Message', 'Reply', 'Press'];

/** A message was handled to its end. */
export interface HandledEvent {
  message: ChatMessage;
  handled: Handled;
}

/** What happens to a message that was taken in. */
export interface Receipt {
  message: ChatMessage;
  /** True when it had been taken before; nothing more comes of it now. */
  duplicate: boolean;
}

/** What is settled by the configuration and may change while the engine runs. */
export interface EngineSettings {
  /** Which people hold which roles, by their stable ids. */
  roles: Readonly<Record<string, readonly string[]>>;
  /** The zone of schedules that name none; an IANA name. */
  timezone: string;
  /** The language people write in, such as `en`. */
  language: string;
  /** The least score that counts, by the configuration's name of the parser. */
  minScores: ReadonlyMap<string, number>;
  /** What is switched off, by the same names. */
  disabledParsers?: ReadonlySet<string>;
  /** The connector that is meant when none is named; the first that was added when absent. */
  defaultConnector?: string | undefined;
}

/**
 * The way of an event: journal, its room's queue, match, decide, run, respond, trace.
 *
 * The engine does no I/O of its own: it is told the time, and hands out what is to be said.
 */
export class Engine {
  readonly handled = new Emitter<HandledEvent>();
  readonly registry: SkillRegistry;
  readonly speaker: Speaker;
  readonly roles: Roles;
  readonly parsers: LanguageParsers;
  readonly scheduler: Scheduler;
  readonly bot: User;

  private readonly journal: Journal;
  private readonly clock: Clock;
  private readonly queues = new RoomQueues();
  private readonly traces = new TraceStore();
  private readonly ranking: RankingParts;
  private readonly parts: EngineParts;
  private readonly onTrouble: (error: ErrorRecord) => void;
  private store: MemoryStore;

  constructor(options: EngineOptions) {
    const { registry, journal, guard, clock, bot, onTrouble = () => undefined } = options;
    const { mask = value => value, random = Math.random } = options;
    this.registry = registry;
    this.journal = journal;
    this.clock = clock;
    this.bot = bot;
    this.onTrouble = onTrouble;
    this.store = options.memory ?? new ProcessMemory(clock);
    this.speaker = new Speaker({ journal, clock, bot, mask, random });
    this.roles = new Roles(name => this.speaker.connector(name)?.identifies ?? false);
    this.parsers = new LanguageParsers(clock, onTrouble);
    this.scheduler = new Scheduler(
      registry,
      clock,
      scheduleMemory(() => this.store)
    );
    this.ranking = {
      registry,
      guard,
      parsers: this.parsers,
      roles: this.roles,
      lookup: (connector, name) => this.speaker.connector(connector)?.lookupRoom?.(name),
      minScores: new Map(),
      disabledParsers: new Set(),
      language: 'en',
      bot
    };
    this.parts = {
      registry,
      journal,
      clock,
      mask,
      speaker: this.speaker,
      questions: new Questions(clock),
      actions: new PendingActions(journal, clock, action => void this.proposer.expire(action)),
      roles: this.roles,
      ranking: this.ranking,
      memory: () => this.store,
      fire: (incoming, depth) => this.fire(incoming, depth)
    };
    this.scheduler.due.on(({ matcher }) => this.runScheduled(matcher));
    this.scheduler.missed.on(({ matcher, count, since }) =>
      onTrouble(
        chatOpsError(
          'CHATOPS_SCHEDULE_MISSED',
          { name: matcher.skill, count, since: new Date(since).toISOString() },
          matcher.record.where && { where: matcher.record.where }
        ).record
      )
    );
  }

  /** What skills remember with. */
  get memory(): MemoryStore {
    return this.store;
  }

  set memory(store: MemoryStore) {
    this.store = store;
  }

  /** Puts what the configuration says into force. */
  configure(settings: EngineSettings): void {
    const { roles, timezone, language, minScores, disabledParsers = new Set() } = settings;
    this.roles.configure(roles);
    this.speaker.prefer(settings.defaultConnector);
    this.scheduler.setTimezone(timezone);
    this.ranking.language = language;
    this.ranking.minScores = minScores;
    this.ranking.disabledParsers = disabledParsers;
    this.scheduler.setEnabled(!disabledParsers.has('crontab'));
  }

  /**
   * Takes an event in. Resolves when it is safe in the journal; it is handled after those of its
   * room that came before it, unless it answers a question that a skill waits with.
   *
   * @param acknowledge - called when it is safe, before anything comes of it.
   * @throws ChatOpsError `CHATOPS_ROOM_BUSY`, or `CHATOPS_MESSAGE_FOREIGN` for a change to someone
   * else's message; then it was not taken.
   */
  async receive(
    incoming: Incoming,
    acknowledge: (receipt: Receipt) => void = () => undefined
  ): Promise<Receipt> {
    const known = this.journal.find(incoming.connector, incoming.id);
    if (known) {
      await this.journal.flush();
      const receipt = { message: known, duplicate: true };
      acknowledge(receipt);
      return receipt;
    }
    const line = placeKey(incoming);
    this.checkAuthor(incoming);
    this.queues.checkRoom(line);
    const message = this.journal.add({ ...incoming, time: this.clock.now() });
    this.speaker.messages.emit(message);
    const receipt = { message, duplicate: false };
    const safe = this.journal.flush().then(() => acknowledge(receipt));
    // Decided before anything else can happen, so that each answer goes to the question it was meant for.
    const reception = this.offerAnswer(message);
    if (reception) {
      // Past the queue: the run that asked may be what the queue waits for.
      this.queues.push(`${line}\n${message.user.id}`, () =>
        safe.then(() => this.takeAnswer(message, reception))
      );
    } else {
      this.queues.push(line, release => safe.then(() => this.handle(message, release)));
    }
    await safe;
    return receipt;
  }

  /**
   * Goes on with what an earlier process took and did not finish: what no skill had begun is
   * handled now; what one had begun is not run twice, and the room is told.
   */
  resume(): void {
    this.parts.actions.restore();
    for (const { message, started } of this.journal.takeUnfinished()) {
      this.queues.push(placeKey(message), release =>
        started === undefined ? this.handle(message, release) : this.giveUp(message, started)
      );
    }
  }

  /** Lets an event come in that no connector brought. Resolves to its `seq` when it is safe. */
  async fire(incoming: Omit<Incoming, 'id'>, depth = 0): Promise<number> {
    const line = placeKey(incoming);
    this.queues.checkRoom(line);
    const message = this.journal.add({ ...incoming, id: createId(), time: this.clock.now() });
    this.speaker.messages.emit(message);
    const safe = this.journal.flush();
    this.queues.push(line, release => safe.then(() => this.handle(message, release, depth)));
    await safe;
    return message.seq;
  }

  /**
   * Calls the handler of a webhook and waits for its end.
   *
   * @param event - what was posted.
   */
  async callWebhook(matcher: LiveMatcherOf<'webhook'>, event: ChatEvent): Promise<RunResult> {
    const { value, trace } = await this.runBeside(matcher, event);
    const error = trace.run?.error;
    return error
      ? { outcome: trace.outcome === 'stopped' ? 'stopped' : 'failed', error }
      : { outcome: 'answered', value };
  }

  /** Says something in a room without being asked, or long after. */
  say(place: Place, text: string, more: Partial<Said> = {}): Promise<ChatMessage> {
    return this.speaker.post({ ...more, ...place, text });
  }

  /** Serves what a skill asks for outside of any run, as from a timer. */
  serve<R extends HostRequest>(skill: string, request: R): Promise<HostAnswers[R['method']]> {
    return new SkillRequests(this.parts, skill).serve(request);
  }

  /** What would happen with a text, without anything happening. */
  async explain(text: string, place: Pick<Trace, 'connector' | 'room' | 'user'>): Promise<Trace> {
    const began = this.clock.elapsed();
    const time = this.clock.now();
    const ranking = await rankCandidates({ text, ...place }, this.ranking);
    const matching = this.clock.elapsed() - began;
    const candidate = ranking.winner === undefined ? undefined : ranking.candidates[ranking.winner];
    // Functions of the skill are not asked here: nothing of it runs.
    const refusal =
      candidate &&
      ((await this.roles.refusal(candidate.matcher.roles, place, candidate.captures, () =>
        Promise.resolve(true)
      )) ??
        argumentAgainst(candidate.matcher, candidate.captures));
    const isAsked =
      candidate?.matcher.confirm !== undefined ||
      candidate?.matcher.approvers !== undefined ||
      (candidate?.reading !== undefined && candidate.matcher.sideEffects !== false);
    return {
      seq: 0,
      ...place,
      text,
      time,
      ...ranking,
      outcome:
        candidate === undefined
          ? 'unmatched'
          : refusal !== undefined
            ? 'refused'
            : isAsked
              ? 'asked'
              : 'answered',
      ...(refusal !== undefined && { refusal }),
      matching,
      duration: matching
    };
  }

  /**
   * What was weighed and done for a message.
   *
   * @throws ChatOpsError `CHATOPS_MESSAGE_UNKNOWN`.
   */
  trace(seq: number): Trace {
    const trace = this.traces.get(seq);
    if (!trace) {
      throw chatOpsError('CHATOPS_MESSAGE_UNKNOWN', { seq });
    }
    return trace;
  }

  addConnector(connector: Connector): void {
    this.speaker.addConnector(connector);
  }

  removeConnector(name: string): void {
    this.speaker.removeConnector(name);
  }

  /** Resolves when nothing waits or runs. */
  whenIdle(): Promise<void> {
    return this.queues.whenIdle();
  }

  /** Ends what waits for its time: schedules, and proposals, which a later process goes on with. */
  stop(): void {
    this.scheduler.stop();
    this.parts.actions.stop();
  }

  private get proposer(): Proposer {
    return new Proposer(this.parts);
  }

  private async handle(message: ChatMessage, release: () => void, depth = 0): Promise<void> {
    this.applyChange(message);
    const result = await new EventHandling(this.parts, message, release, depth).finish();
    this.conclude(message, result);
  }

  private async giveUp(message: ChatMessage, skill: string): Promise<void> {
    const handling = new EventHandling(this.parts, message, () => undefined);
    this.finish(message, await handling.giveUp(skill));
  }

  private conclude(message: ChatMessage, { handled, trace, confirmed }: HandlingResult): void {
    this.traces.add(trace);
    const earlier = confirmed && this.journal.get(confirmed.seq);
    if (earlier) {
      const about = this.traces.get(earlier.seq);
      if (about) {
        const { outcome } = confirmed.handled;
        this.traces.add({ ...about, outcome, ...(trace.run && { run: trace.run }) });
      }
      this.finish(earlier, confirmed.handled);
    }
    this.finish(message, handled);
  }

  private finish(message: ChatMessage, handled: Handled): void {
    this.journal.finish(message.seq, handled);
    this.handled.emit({ message, handled });
  }

  /** What someone said or pressed, as the answer to a question of a skill that waits; nothing when it is none. */
  private offerAnswer(message: ChatMessage): Reception | undefined {
    const { questions } = this.parts;
    const type = typeOf(message);
    const block = type === 'Press' ? String(message.event?.data.block) : '';
    if (isQuestion(block)) {
      return questions.press(block, message.text, message.user);
    }
    // A proposal's button answers the proposal; an edit says nothing new.
    return isAction(block) || !ANSWERS.includes(type) ? undefined : questions.offer(message);
  }

  private async takeAnswer(message: ChatMessage, reception: Reception): Promise<void> {
    if (reception.taken) {
      reception.settle();
    } else {
      const { connector, room, seq } = message;
      await this.say({ connector, room }, reception.hint, { answers: seq }).catch(error =>
        this.onTrouble(
          chatOpsError('CHATOPS_CONNECTOR_SEND', { name: connector }, { cause: error }).record
        )
      );
    }
    this.finish(message, { outcome: 'answer', duration: 0 });
  }

  /** @throws ChatOpsError `CHATOPS_MESSAGE_FOREIGN` for a change to someone else's message, or to one of another room. */
  private checkAuthor({ event, ...by }: Incoming): void {
    const isOwn = ['EditedMessage', 'DeleteMessage'].includes(event?.type ?? '');
    const target = event?.target === undefined ? undefined : this.journal.get(event.target);
    const isElsewhere = target && placeKey(target) !== placeKey(by);
    if (isElsewhere || (isOwn && target && target.user.id !== by.user.id)) {
      throw chatOpsError('CHATOPS_MESSAGE_FOREIGN', {});
    }
  }

  /** Some events change a message that was said before. Whoever brought them shows that already. */
  private applyChange({ event, text, user, time }: ChatMessage): void {
    const { type = '', target, data } = event ?? {};
    if (target === undefined || !this.journal.get(target)) {
      return;
    }
    if (type === 'Reaction') {
      this.speaker.noteReaction(target, String(data?.emoji), user, data?.active !== false);
      return;
    }
    const patches: Readonly<Record<string, MessagePatch>> = {
      EditedMessage: { text, edited: time },
      DeleteMessage: { text: '', blocks: [], deleted: true },
      PinMessage: { pinned: true },
      UnpinMessage: { pinned: false }
    };
    if (patches[type]) {
      this.speaker.note(target, patches[type]);
    }
  }

  private runScheduled(matcher: LiveMatcherOf<'crontab'>): void {
    const { skill, record } = matcher;
    if (this.registry.heldBecause(skill)) {
      return;
    }
    if (this.queues.size(lineOf(matcher)) > 0) {
      this.onTrouble(
        chatOpsError('CHATOPS_SCHEDULE_OVERLAP', { name: skill, schedule: record.schedule }).record
      );
      return;
    }
    void this.runBeside(matcher, { type: 'Crontab', data: { schedule: record.schedule } });
  }

  /** Runs a matcher that no room waits for, after what the same matcher still does. */
  private async runBeside(matcher: LiveMatcher, event: ChatEvent): Promise<HandlingResult> {
    const line = lineOf(matcher);
    this.queues.checkRoom(line);
    const message = this.journal.add({
      id: createId(),
      connector: '',
      room: '',
      user: this.bot,
      text: '',
      time: this.clock.now(),
      event
    });
    return new Promise<HandlingResult>(resolve => {
      this.queues.push(line, async release => {
        await this.journal.flush();
        const result = await new EventHandling(this.parts, message, release).finishBy(matcher);
        this.conclude(message, result);
        resolve(result);
      });
    });
  }
}

function lineOf({ skill, record }: LiveMatcher): string {
  return `\n${skill}\n${record.id}`;
}

/** Until when schedules have been looked after, kept where skills remember. */
function scheduleMemory(store: () => MemoryStore): {
  read(): Promise<number | undefined>;
  write(time: number): Promise<void>;
} {
  return {
    read: async () => {
      const stored = await store()
        .get('schedules', 'until')
        .catch(() => undefined);
      return stored && Number(stored.value);
    },
    write: async time => {
      await store()
        .put('schedules', 'until', String(time))
        .catch(() => undefined);
    }
  };
}
