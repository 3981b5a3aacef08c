import {
  chatOpsError,
  createId,
  describeError,
  Emitter,
  type ChatMessage,
  type ErrorRecord,
  type Handled,
  type Outcome,
  type Run,
  type Trace,
  type User
} from '../protocol';
import { rankCandidates, type Ranking } from './candidates';
import type { Clock } from './clock';
import type { Connector, Incoming } from './connector';
import type { GuardedMatcher } from './guarded-matcher';
import { placeKey, type Journal, type Place } from './journal';
import { RoomQueues } from './room-queues';
import type { SkillRegistry } from './skill-registry';
import type { RunContext, RunResult } from './skill-runner';
import { TraceStore } from './trace-store';

/** How long a skill works before its room is told that the bot is writing, in milliseconds. */
const TYPING_AFTER = 300;

/** What an engine is made of. */
export interface EngineParts {
  registry: SkillRegistry;
  journal: Journal;
  guard: GuardedMatcher;
  clock: Clock;
  /** The bot as it appears in rooms. */
  bot: User;
  /** Takes secrets out of whatever is about to be said or kept. */
  mask?: <T>(value: T) => T;
}

/** A message was handled to its end. */
export interface HandledEvent {
  message: ChatMessage;
  handled: Handled;
}

/** Someone starts or stops writing. */
export interface TypingEvent {
  connector: string;
  room: string;
  user: User;
  active: boolean;
}

/** What happens to a message that was taken in. */
export interface Receipt {
  message: ChatMessage;
  /** True when it had been taken before; nothing more comes of it now. */
  duplicate: boolean;
}

/**
 * The way of a message: journal, its room's queue, match, decide, run, respond, trace.
 *
 * The engine does no I/O of its own: it is told the time, and hands out what is to be said.
 */
export class Engine {
  /** Everything that is said, by people and by the bot. */
  readonly messages = new Emitter<ChatMessage>();
  readonly handled = new Emitter<HandledEvent>();
  readonly typing = new Emitter<TypingEvent>();

  readonly registry: SkillRegistry;
  readonly bot: User;

  private readonly journal: Journal;
  private readonly guard: GuardedMatcher;
  private readonly clock: Clock;
  private readonly mask: <T>(value: T) => T;
  private readonly queues = new RoomQueues();
  private readonly traces = new TraceStore();
  private readonly connectors = new Map<string, Connector>();

  constructor({ registry, journal, guard, clock, bot, mask = value => value }: EngineParts) {
    this.mask = mask;
    this.registry = registry;
    this.journal = journal;
    this.guard = guard;
    this.clock = clock;
    this.bot = bot;
  }

  addConnector(connector: Connector): void {
    this.connectors.set(connector.name, connector);
  }

  removeConnector(name: string): void {
    this.connectors.delete(name);
  }

  /**
   * Takes a message in. Resolves when it is safe in the journal; it is handled after those of its
   * room that came before it.
   *
   * @param acknowledge - called when it is safe, before anything comes of it.
   * @throws ChatOpsError `CHATOPS_ROOM_BUSY`; then it was not taken.
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
    this.queues.checkRoom(line);
    const message = this.journal.add({ ...incoming, time: this.clock.now() });
    this.messages.emit(message);
    const receipt = { message, duplicate: false };
    const safe = this.journal.flush().then(() => acknowledge(receipt));
    this.queues.push(line, () => safe.then(() => this.handle(message)));
    await safe;
    return receipt;
  }

  /**
   * Goes on with what an earlier process took and did not finish: what no skill had begun is
   * handled now; what one had begun is not run twice, and the room is told.
   */
  resume(): void {
    for (const { message, started } of this.journal.takeUnfinished()) {
      this.queues.push(placeKey(message), () =>
        started === undefined ? this.handle(message) : this.giveUp(message, started)
      );
    }
  }

  /** Says something in a room without being asked, or long after. */
  async say(
    { connector, room }: Place,
    text: string,
    more: Pick<ChatMessage, 'answers' | 'skill' | 'notice' | 'error'> = {}
  ): Promise<ChatMessage> {
    return this.post({ connector, room, text, ...more });
  }

  /** Tells of the bot itself, wherever that belongs. */
  async notify(notice: 'info' | 'error', text: string, error?: ErrorRecord): Promise<void> {
    await Promise.all(
      [...this.connectors.values()].flatMap(({ name, noticeRooms }) =>
        noticeRooms.map(room =>
          this.say({ connector: name, room }, text, { notice, ...(error && { error }) })
        )
      )
    );
  }

  /** Empties the view of a room. False when its connector cannot. */
  clear({ connector, room }: Place): boolean {
    const target = this.connectors.get(connector);
    target?.clear?.(room);
    return target?.clear !== undefined;
  }

  /** What would happen with a text, without anything happening. */
  async explain(text: string, place: Pick<Trace, 'connector' | 'room' | 'user'>): Promise<Trace> {
    const began = this.clock.elapsed();
    const time = this.clock.now();
    const ranking = await rankCandidates(text, this.registry, this.guard);
    const matching = this.clock.elapsed() - began;
    const winner = winnerOf(ranking);
    return {
      seq: 0,
      ...place,
      text,
      time,
      ...ranking,
      ...(winner !== undefined && { winner }),
      outcome: winner === undefined ? 'unmatched' : 'answered',
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

  /** Resolves when nothing waits or runs. */
  whenIdle(): Promise<void> {
    return this.queues.whenIdle();
  }

  private async handle(message: ChatMessage): Promise<void> {
    const began = this.clock.elapsed();
    const time = this.clock.now();
    const ranking = await rankCandidates(message.text, this.registry, this.guard);
    const matching = this.clock.elapsed() - began;
    const winner = winnerOf(ranking);
    const run = winner === undefined ? undefined : await this.run(message, ranking, winner);
    const outcome: Outcome = run?.outcome ?? 'unmatched';
    const duration = this.clock.elapsed() - began;
    const { seq, room, connector, user, text } = message;
    this.traces.add({
      seq,
      room,
      connector,
      user,
      text,
      time,
      ...ranking,
      ...(winner !== undefined && { winner }),
      outcome,
      matching,
      duration,
      ...(run && { run: run.record })
    });
    const best = winner === undefined ? undefined : ranking.candidates[winner]!;
    this.finish(message, {
      outcome,
      ...(best && {
        skill: best.skill,
        matcher: best.matcher.id,
        score: best.score.score,
        span: best.spans[0]
      }),
      duration
    });
  }

  private async run(
    message: ChatMessage,
    { candidates }: Ranking,
    winner: number
  ): Promise<{ outcome: Outcome; record: Run }> {
    const { skill, version, matcher, spans, captures } = candidates[winner]!;
    const record: Run = {
      skill,
      version,
      matcher: matcher.id,
      duration: 0,
      replies: [],
      logs: [],
      http: []
    };
    const context: RunContext = {
      respond: async text => {
        const reply = await this.post({ ...placeOf(message), text, answers: message.seq, skill });
        record.replies.push(reply.seq);
        return reply;
      },
      log: line => record.logs.push(this.mask(line)),
      http: call => record.http.push(this.mask(call))
    };
    const runner = this.registry.get(skill)?.runner;
    if (!runner) {
      const { record: error } = chatOpsError('CHATOPS_SKILL_CHANGED', { name: skill });
      await this.reportFailure(message, skill, error);
      return { outcome: 'stopped', record: { ...record, error } };
    }
    this.journal.start(message.seq, skill);
    const began = this.clock.elapsed();
    const stopTyping = this.showTyping(message);
    const result: RunResult = await runner.run(
      { skill, version, matcher: matcher.id, message, spans, captures },
      context
    );
    stopTyping();
    record.duration = this.clock.elapsed() - began;
    if (result.outcome !== 'answered') {
      record.error = this.mask(result.error);
      await this.reportFailure(message, skill, result.error);
    }
    return { outcome: result.outcome, record };
  }

  private async reportFailure(
    message: ChatMessage,
    skill: string,
    error: ErrorRecord
  ): Promise<void> {
    await this.post({
      ...placeOf(message),
      text: describeError(error),
      answers: message.seq,
      skill,
      notice: 'error',
      error
    }).catch(() => undefined);
  }

  /** A skill was at work on this when the process before this one ended. */
  private async giveUp(message: ChatMessage, skill: string): Promise<void> {
    const { record } = chatOpsError('CHATOPS_SKILL_INTERRUPTED', { name: skill });
    await this.reportFailure(message, skill, record);
    this.finish(message, { outcome: 'interrupted', skill, duration: 0 });
  }

  private finish(message: ChatMessage, handled: Handled): void {
    this.journal.finish(message.seq, handled);
    this.handled.emit({ message, handled });
  }

  /** Says something: journal first, then the connector, then everyone who listens. */
  private async post(
    said: Pick<
      ChatMessage,
      'connector' | 'room' | 'text' | 'answers' | 'skill' | 'notice' | 'error'
    >
  ): Promise<ChatMessage> {
    const message = this.journal.add({
      id: createId(),
      user: this.bot,
      time: this.clock.now(),
      ...this.mask(said)
    });
    await this.connectors.get(said.connector)?.deliver(message);
    this.messages.emit(message);
    return message;
  }

  private showTyping({ connector, room }: ChatMessage): () => void {
    const tell = (active: boolean): void => {
      this.connectors.get(connector)?.typing?.(room, active);
      this.typing.emit({ connector, room, user: this.bot, active });
    };
    let shown = false;
    const timer = this.clock.setTimeout(() => {
      shown = true;
      tell(true);
    }, TYPING_AFTER);
    return () => {
      this.clock.clearTimeout(timer);
      if (shown) {
        tell(false);
      }
    };
  }
}

/** The best candidate that nothing excludes. */
function winnerOf({ candidates }: Ranking): number | undefined {
  const winner = candidates.findIndex(candidate => candidate.excluded === undefined);
  return winner < 0 ? undefined : winner;
}

function placeOf({ connector, room }: ChatMessage): Place {
  return { connector, room };
}
