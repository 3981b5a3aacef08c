import type { Place } from '../../engine';
import {
  DEFAULT_ROOM,
  Emitter,
  NOTEBOOK_ROOM,
  type ChatMessage,
  type Trace,
  type User
} from '../../protocol';
import type { Exchange, SkillEvent } from '../../workshop';
import { PANEL } from '../connectors/panel/panel-host';
import { countsFor, isOfWorkspace } from './learner';
import type { WorkshopHost } from './workshop-host';

/** Rooms whose conversation is known again after the bot was started anew. */
const KNOWN_ROOMS = [DEFAULT_ROOM, NOTEBOOK_ROOM];

/** What is kept in mind of each kind: more than a workshop needs. */
const MOST = 2000;

/** A point in time, between what happened before and after it. */
export interface Moment {
  /** The newest message. */
  seq: number;
  /** Counts what was seen besides messages, in this process. */
  count: number;
}

/** Everything at the beginning of time. */
export const BEGINNING: Moment = { seq: 0, count: 0 };

interface Counted<T> {
  count: number;
  value: T;
}

/** What happened in the bot, as far as steps of a workshop ask for it. */
export class Observations {
  /** Something happened that may matter; carries when. */
  readonly seen = new Emitter<Moment>();

  private exchanges: Exchange[] = [];
  private readonly said: ChatMessage[] = [];
  private readonly changes: Counted<SkillEvent>[] = [];
  private readonly looks: Counted<{ text: string; by: User | undefined }>[] = [];
  private readonly stops: (() => void)[] = [];
  private count = 0;

  constructor(private readonly host: WorkshopHost) {}

  /** Learns what was said before, and begins to watch. */
  async begin(): Promise<void> {
    const { engine } = this.host;
    for (const room of KNOWN_ROOMS) {
      await this.recall({ connector: PANEL, room });
    }
    this.exchanges.sort((a, b) => a.message.seq - b.message.seq);
    this.stops.push(
      engine.speaker.messages.on(message => {
        if (message.user.bot && message.event === undefined) {
          this.keep(this.said, message);
          // What is said in answer is looked at once the question has been handled.
          if (message.answers === undefined) {
            this.note();
          }
        }
      }),
      engine.handled.on(({ message, handled }) => {
        const trace = this.traceOf(message.seq);
        const known = this.exchanges.findIndex(exchange => exchange.message.seq === message.seq);
        const exchange = { message, handled, replies: [], trace };
        if (known >= 0) {
          this.exchanges[known] = exchange;
        } else {
          this.keep(this.exchanges, exchange);
        }
        this.seen.emit({ seq: Math.max(message.seq, this.newest), count: this.count });
      }),
      engine.registry.changed.on(({ cause, changes }) => {
        const changed = changes.filter(({ kind }) => kind !== 'unchanged');
        for (const { skill, kind, error } of changed) {
          this.count++;
          const value = {
            skill,
            cause,
            failed: kind === 'failed',
            ...(error && { error: error.code })
          };
          this.keep(this.changes, { count: this.count, value });
        }
        this.note();
      })
    );
  }

  stop(): void {
    this.stops.forEach(stop => stop());
  }

  /** Someone asked why a text is answered as it is. */
  looked(text: string, by?: User): void {
    this.count++;
    this.keep(this.looks, { count: this.count, value: { text, by } });
    this.note();
  }

  /** Something else happened that may matter, such as a file that changed. */
  note(): void {
    this.seen.emit(this.now());
  }

  /** The present. */
  now(): Moment {
    return { seq: this.host.journal.last, count: this.count };
  }

  /**
   * What happened after one moment, up to another.
   *
   * @param learner - what other people did themselves is left out.
   */
  between(
    after: Moment,
    upTo: Moment,
    learner: User | undefined
  ): { exchanges: Exchange[]; posts: ChatMessage[]; looks: string[]; changes: SkillEvent[] } {
    const within = <T>(items: readonly Counted<T>[]): T[] =>
      items
        .filter(({ count }) => count > after.count && count <= upTo.count)
        .map(({ value }) => value);
    return {
      exchanges: this.exchanges
        .filter(({ message }) => message.seq > after.seq && message.seq <= upTo.seq)
        .filter(({ message }) => !isOfWorkspace(message) || countsFor(learner, message.user))
        .map(exchange => ({ ...exchange, replies: this.repliesTo(exchange.message.seq) })),
      posts: this.said.filter(
        ({ seq, answers, notice }) =>
          answers === undefined && notice === undefined && seq > after.seq && seq <= upTo.seq
      ),
      looks: within(this.looks).flatMap(({ text, by }) => (countsFor(learner, by) ? text : [])),
      changes: within(this.changes)
    };
  }

  /** Everyone who said something in this workspace, the newest last. */
  get speakers(): ChatMessage['user'][] {
    return this.exchanges
      .flatMap(({ message }) => (isOfWorkspace(message) ? message.user : []))
      .filter(user => !user.bot);
  }

  /** Everything that was said in a room of the panel, oldest first. */
  async transcript(): Promise<ChatMessage[]> {
    const pages = await Promise.all(
      KNOWN_ROOMS.map(room =>
        this.host.journal.history({ connector: PANEL, room }, { limit: MOST })
      )
    );
    return pages.flatMap(({ messages }) => messages).toSorted((a, b) => a.seq - b.seq);
  }

  private get newest(): number {
    return this.said.at(-1)?.seq ?? 0;
  }

  private async recall(place: Place): Promise<void> {
    const { messages } = await this.host.journal.history(place, { limit: MOST });
    for (const message of messages) {
      if (message.user.bot) {
        this.said.push(message);
      } else {
        const trace = this.traceOf(message.seq);
        this.exchanges.push({ message, handled: message.handled, replies: [], trace });
      }
    }
  }

  private repliesTo(seq: number): ChatMessage[] {
    return this.said.filter(({ answers }) => answers === seq);
  }

  private traceOf(seq: number): Trace | undefined {
    try {
      return this.host.engine.trace(seq);
    } catch {
      return undefined;
    }
  }

  private keep<T>(list: T[], item: T): void {
    list.push(item);
    if (list.length > MOST) {
      list.splice(0, list.length - MOST);
    }
  }
}
