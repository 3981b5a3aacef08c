import {
  Emitter,
  type ChatMessage,
  type Handled,
  type MessagePatch,
  type SkillChange,
  type User
} from '../../protocol';
import type { RoomMemory } from '../bot-link/page-store';
import { isShown, type Aside, type NewsEntry, type RoomEntry, type SaidEntry } from './entry';
import { Timeline } from './timeline';
import { VisibleEntries } from './visible-entries';

/** What is known about messages that are older than those that are here. */
export type Older = 'none' | 'some' | 'loading' | 'failed';

/** A room as it stands; a new object after each change. */
export interface RoomState {
  readonly entries: readonly RoomEntry[];
  /** What was said in threads whose first message is here, by its number. */
  readonly threads: ReadonlyMap<number, readonly SaidEntry[]>;
  /** The first page has arrived. */
  readonly loaded: boolean;
  readonly older: Older;
  /** Someone emptied the view, and messages are hidden by that. */
  readonly cleared: boolean;
  /** Who has the room open, the person at this page included. */
  readonly people: readonly User[];
  /** Who is writing, the person at this page excepted. */
  readonly writing: readonly User[];
  /** The key of the first entry that came while nobody looked. */
  readonly divider: string | undefined;
  /** How many messages of others came while nobody looked. */
  readonly unread: number;
}

/** What keeps how far a room was read, over a reload of the page. */
export interface RoomStore {
  recall(journal: string): RoomMemory | undefined;
  remember(memory: RoomMemory): void;
}

/** One room of the conversation, without what this page has not delivered yet. */
export class RoomModel {
  /** Something in the room changed. */
  readonly changed = new Emitter<void>();
  /** Something was said or happened just now, as opposed to history. */
  readonly arrived = new Emitter<SaidEntry | NewsEntry>();

  private readonly timeline = new Timeline();
  private readonly visible = new VisibleEntries(this.timeline);
  private people: readonly User[] = [];
  private writers: readonly User[] = [];
  private memory: RoomMemory = { journal: '', read: 0, cleared: 0 };
  private self: string | undefined;
  private pageEnd = 0;
  private isLoaded = false;
  private older: Older = 'some';
  private attended = false;
  private divider: string | undefined;
  private cached: RoomState | undefined;

  constructor(
    readonly name: string,
    private readonly store: RoomStore
  ) {}

  get state(): RoomState {
    this.cached ??= this.describe();
    return this.cached;
  }

  /** Whether someone said something that the bot has not handled to its end. */
  get isWaiting(): boolean {
    return this.timeline.entries.some(
      entry => entry.kind === 'said' && !entry.message.user.bot && !entry.message.handled
    );
  }

  has(key: string): boolean {
    return this.timeline.has(key);
  }

  /**
   * The bot is there, and sends what this page has not seen.
   *
   * @param journal - what the messages' numbers count in.
   * @param last - the newest message of the room; when it is here, all are.
   * @param self - who the person at this page is.
   */
  begin(journal: string, last: number, self: string): void {
    this.self = self;
    if (journal !== this.memory.journal) {
      this.timeline.empty();
      this.divider = undefined;
      this.isLoaded = false;
      this.older = last === 0 ? 'none' : 'some';
      // Who was never here has missed nothing.
      this.memory = this.store.recall(journal) ?? { journal, read: last, cleared: 0 };
      this.store.remember(this.memory);
    }
    this.pageEnd = last;
    this.writers = [];
    this.finishLoading();
    this.publish();
  }

  /** Something was said. */
  add(message: ChatMessage): void {
    const shown = isShown(message);
    const isNew = this.isLoaded && shown;
    const entry = this.entryOf(message);
    if (!this.visible.put(entry)) {
      return;
    }
    if (message.user.id === this.self) {
      // Who says something has seen what stands above it.
      this.divider = undefined;
    } else if (
      shown &&
      !this.attended &&
      message.seq > this.memory.read &&
      this.visible.rootOf(entry, this.memory.cleared) === undefined
    ) {
      this.divider ??= entry.key;
    }
    if (isNew) {
      this.arrived.emit(entry);
    }
    if (this.attended) {
      this.markRead();
    }
    this.finishLoading();
    this.touch();
  }

  /** Messages that were asked for: older ones, or newer forms of those that are here. */
  merge(messages: readonly ChatMessage[]): void {
    for (const message of messages) {
      this.visible.put(this.entryOf(message));
    }
    this.finishLoading();
    this.touch();
  }

  /** What is known now about older messages. */
  setOlder(older: Older): void {
    this.older = older;
    this.touch();
  }

  /** The number of the oldest message that is here. */
  get oldest(): number | undefined {
    return this.timeline.oldest;
  }

  /** The number of the newest message that is here, or 0. */
  get newest(): number {
    return this.timeline.newest;
  }

  setHandled(seq: number, handled: Handled): void {
    this.change(seq, { handled });
  }

  /** What was said has changed. */
  update(seq: number, patch: MessagePatch): void {
    this.change(seq, patch);
  }

  setWriting(user: User, active: boolean): void {
    const others = this.writers.filter(({ id }) => id !== user.id);
    const isKnown = others.length < this.writers.length;
    if (active === isKnown) {
      return;
    }
    this.writers = active ? [...others, user] : others;
    this.touch();
  }

  setPeople(people: readonly User[]): void {
    this.people = people;
    this.touch();
  }

  /** The connection is lost: who writes and who is there is not known any more. */
  forgetPeople(): void {
    this.writers = [];
    this.people = [];
    this.touch();
  }

  /** Messages up to this one are no longer shown. */
  clear(seq: number): void {
    this.timeline.removeAllBut('said');
    this.setMemory({ cleared: seq });
    this.divider = undefined;
    this.touch();
  }

  /** Shows again what was hidden by {@link clear}. */
  unclear(): void {
    this.setMemory({ cleared: 0 });
    this.touch();
  }

  /** Tells of a skill, at this place of the conversation. */
  tell(change: SkillChange, time: number, key: string): void {
    const entry: NewsEntry = { kind: 'news', key, time, change };
    this.visible.put(entry);
    this.arrived.emit(entry);
    this.touch();
  }

  /** Tells the person at this page something that nobody else sees. */
  tellAside(aside: Aside, time: number, key: string): void {
    this.visible.put({ kind: 'aside', key, time, aside });
    this.touch();
  }

  /** Puts away what only the person at this page sees. */
  dismiss(key: string): void {
    this.timeline.remove(key);
    this.touch();
  }

  /** The message with this number, if it is here. */
  find(seq: number): SaidEntry | undefined {
    return this.timeline.find(seq);
  }

  /** Whether a person is looking at the newest messages. */
  get isAttended(): boolean {
    return this.attended;
  }

  setAttended(attended: boolean): void {
    if (attended !== this.attended) {
      this.attended = attended;
      if (attended) {
        this.markRead();
      } else {
        this.divider = undefined;
      }
      this.touch();
    }
  }

  private change(seq: number, news: Partial<ChatMessage>): void {
    const entry = this.timeline.find(seq);
    if (entry) {
      this.visible.put({ ...entry, message: { ...entry.message, ...news } });
      this.touch();
    }
  }

  private entryOf(message: ChatMessage): SaidEntry {
    return {
      kind: 'said',
      key: message.id,
      time: message.time,
      message,
      own: message.user.id === this.self
    };
  }

  private markRead(): void {
    this.setMemory({ read: Math.max(this.memory.read, this.newest) });
  }

  private setMemory(news: Partial<RoomMemory>): void {
    const memory = { ...this.memory, ...news };
    if (memory.read !== this.memory.read || memory.cleared !== this.memory.cleared) {
      this.memory = memory;
      this.store.remember(memory);
    }
  }

  private finishLoading(): void {
    if (!this.isLoaded && this.newest >= this.pageEnd) {
      this.isLoaded = true;
      if (this.attended) {
        this.markRead();
      }
    }
  }

  private describe(): RoomState {
    const { read, cleared } = this.memory;
    return {
      entries: this.visible.after(cleared),
      threads: this.timeline.threads,
      people: this.people,
      loaded: this.isLoaded,
      older: cleared === 0 ? this.older : 'none',
      cleared: cleared > 0,
      writing: this.writers,
      divider: this.divider,
      unread: this.countSince(Math.max(read, cleared))
    };
  }

  private countSince(seq: number): number {
    let count = 0;
    const { entries } = this.timeline;
    for (let index = entries.length - 1; index >= 0; index--) {
      const entry = entries[index]!;
      if (entry.kind === 'said') {
        if (entry.message.seq <= seq) {
          break;
        }
        count += entry.own || !isShown(entry.message) ? 0 : 1;
      }
    }
    return count;
  }

  /** Tells of a change. While the first page arrives, message by message, it is not worth telling. */
  private touch(): void {
    this.cached = undefined;
    if (this.isLoaded) {
      this.changed.emit();
    }
  }

  private publish(): void {
    this.cached = undefined;
    this.changed.emit();
  }
}
