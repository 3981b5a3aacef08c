import {
  chatOpsError,
  createId,
  type ChatEvent,
  type ChatMessage,
  type ErrorRecord,
  type Trace,
  type User
} from '../protocol';
import type { Clock } from './clock';
import type { Connector, Incoming } from './connector';
import { isQuestion, PendingActions, Questions, type Reception } from './conversation';
import { DirectRuns } from './direct-runs';
import { dryRun, type DryPlace } from './dry-run';
import type { EngineOptions, EngineSettings, Receipt } from './engine-options';
import type { EngineParts } from './engine-parts';
import { EventHandling } from './event-handling';
import { typeOf } from './handling-result';
import { HandledEvents } from './handled-events';
import type { HostAnswers, HostRequest } from './host-request';
import { placeKey, type Journal, type Place } from './journal';
import type { RankingParts } from './matching';
import { ProcessMemory, type MemoryStore } from './memory';
import { applyChange, checkAuthor } from './message-changes';
import { Roles } from './permission';
import { isAction, Proposer } from './proposer';
import { RoomQueues } from './room-queues';
import { scheduleMemory, Scheduler } from './schedule';
import type { SkillRegistry, LiveMatcherOf } from './skill-registry';
import { SkillRequests } from './skill-requests';
import type { RunResult } from './skill-runner';
import { Speaker, type Said } from './speech';
import { LanguageParsers } from './understanding';

/** The kinds of events that can answer a question. */
const ANSWERS: readonly string[] = ['Message', 'Reply', 'Press'];

/**
 * The way of an event: journal, its room's queue, match, decide, run, respond, trace.
 *
 * The engine does no I/O of its own: it is told the time, and hands out what is to be said.
 */
export class Engine {
  readonly registry: SkillRegistry;
  readonly speaker: Speaker;
  readonly roles: Roles;
  readonly parsers: LanguageParsers;
  readonly scheduler: Scheduler;
  readonly bot: User;

  private readonly journal: Journal;
  private readonly clock: Clock;
  private readonly queues = new RoomQueues();
  private readonly events: HandledEvents;
  private readonly direct: DirectRuns;
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
    this.events = new HandledEvents(journal);
    const { events, queues } = this;
    this.direct = new DirectRuns({ engine: this.parts, queues, events, bot, onTrouble });
    this.scheduler.due.on(({ matcher }) => this.direct.runScheduled(matcher));
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

  /** Tells of each message that was handled to its end. */
  get handled(): HandledEvents['handled'] {
    return this.events.handled;
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
    checkAuthor(incoming, this.journal);
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
  callWebhook(matcher: LiveMatcherOf<'webhook'>, event: ChatEvent): Promise<RunResult> {
    return this.direct.callWebhook(matcher, event);
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
  explain(text: string, place: DryPlace): Promise<Trace> {
    return dryRun(text, place, this.parts);
  }

  /**
   * What was weighed and done for a message.
   *
   * @throws ChatOpsError `CHATOPS_MESSAGE_UNKNOWN`.
   */
  trace(seq: number): Trace {
    return this.events.trace(seq);
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
    applyChange(message, this.journal, this.speaker);
    const result = await new EventHandling(this.parts, message, release, depth).finish();
    this.events.conclude(message, result);
  }

  private async giveUp(message: ChatMessage, skill: string): Promise<void> {
    const handling = new EventHandling(this.parts, message, () => undefined);
    this.events.finish(message, await handling.giveUp(skill));
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
    this.events.finish(message, { outcome: 'answer', duration: 0 });
  }
}
