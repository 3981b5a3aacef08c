import {
  DEFAULT_ROOM,
  Emitter,
  MAX_TEXT_LENGTH,
  type ErrorRecord,
  type ServerFrame,
  type ServerFrameOf,
  type Timers,
  type Trace,
  type Unsubscribe
} from '../../protocol';
import type { IOpenLink } from '../tokens';
import type { Entry, NewsEntry, SaidEntry, UnsentEntry } from './entry';
import { worthTelling } from './news';
import { RoomModel, type RoomState } from './room-model';
import { TypingNotice } from './typing-notice';

/** How many older messages are asked for at once. */
const PAGE = 50;

/** The conversation as it stands; a new object after each change. */
export interface ChatState extends RoomState {
  /** Everything that is said, delivered or not. */
  readonly entries: readonly Entry[];
}

/** What a chat is made of. */
export interface ChatModelOptions extends IOpenLink {
  room?: string;
  timers?: Timers;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/**
 * A conversation with the bot: what was said, what this page has not delivered yet, and what a person
 * can do about both. Knows nothing of how it is shown.
 */
export class ChatModel {
  /** {@link state} changed. */
  readonly changed = new Emitter<void>();
  /** Something was said or happened just now, as opposed to history. */
  readonly arrived = new Emitter<SaidEntry | NewsEntry>();
  /** A frame of the bot could not be understood, or the bot understood none of ours. */
  readonly trouble = new Emitter<ErrorRecord>();

  private readonly options: ChatModelOptions;
  private readonly room: RoomModel;
  private readonly typing: TypingNotice;
  private readonly stops: Unsubscribe[];
  private readonly traces = new Map<number, Promise<Trace>>();
  private begun = false;
  private newsCount = 0;
  private cached: ChatState | undefined;

  constructor(options: ChatModelOptions) {
    this.options = options;
    const { connection, store, room = DEFAULT_ROOM } = options;
    this.room = new RoomModel(room, {
      recall: journal => store.memory(room, journal),
      remember: memory => store.remember(room, memory)
    });
    this.typing = new TypingNotice(
      active => connection.typing(room, active),
      options.timers ?? (globalThis as unknown as Timers)
    );
    const touch = (): void => this.touch();
    this.stops = [
      this.room.changed.on(touch),
      this.room.arrived.on(entry => this.arrived.emit(entry)),
      connection.outbox.changed.on(touch),
      connection.stateChanged.on(state => {
        if (state !== 'connected') {
          this.room.forgetWriters();
        }
      }),
      connection.received.on(frame => this.take(frame))
    ];
    if (connection.ready && connection.state === 'connected') {
      this.begin(connection.ready, true);
    }
  }

  get state(): ChatState {
    this.cached ??= { ...this.room.state, entries: [...this.room.state.entries, ...this.unsent()] };
    return this.cached;
  }

  /** What was written and not sent, now or on an earlier page. */
  get draft(): string {
    return this.options.store.draft(this.room.name);
  }

  /** What the person at this page said, oldest first, each text once in a row. */
  get ownTexts(): string[] {
    return this.state.entries
      .filter(entry => entry.kind === 'unsent' || (entry.kind === 'said' && entry.own))
      .map(entry => (entry as SaidEntry | UnsentEntry).message.text)
      .filter((text, index, texts) => text !== texts[index - 1]);
  }

  /**
   * Says something. It is kept, over a reload of the page too, until the bot has it.
   *
   * @returns false when there is nothing to say, or too much.
   */
  send(text: string): boolean {
    const words = text.replace(/^(?:[ \t]*\r?\n)+|\s+$/g, '');
    if (words === '' || words.length > MAX_TEXT_LENGTH) {
      return false;
    }
    this.options.connection.say(this.room.name, words);
    this.keepDraft('');
    return true;
  }

  /**
   * Presses a button of a message.
   *
   * @throws ChatOpsError `CHATOPS_MESSAGE_UNKNOWN` or `CHATOPS_CONNECTION_LOST`.
   */
  async press(seq: number, block: string, value: string): Promise<void> {
    await this.options.connection.request<'press'>({ type: 'press', seq, block, value });
  }

  /**
   * Reacts to a message, or takes that back.
   *
   * @throws ChatOpsError `CHATOPS_MESSAGE_UNKNOWN` or `CHATOPS_CONNECTION_LOST`.
   */
  async react(seq: number, emoji: string, active: boolean): Promise<void> {
    await this.options.connection.request<'react'>({ type: 'react', seq, emoji, active });
  }

  /**
   * Changes one of one's own messages, or takes it back when there is no text.
   *
   * @throws ChatOpsError `CHATOPS_MESSAGE_FOREIGN`, `CHATOPS_MESSAGE_UNKNOWN` or
   * `CHATOPS_CONNECTION_LOST`.
   */
  async edit(seq: number, text?: string): Promise<void> {
    await this.options.connection.request<'edit'>({
      type: 'edit',
      seq,
      ...(text !== undefined && { text })
    });
  }

  /** Notes what stands in the input, for the next page and for others in the room. */
  keepDraft(text: string): void {
    this.options.store.keepDraft(this.room.name, text);
    this.typing.note(text.trim() !== '');
  }

  /** Tries a message again that the bot did not take. */
  retry(key: string): void {
    this.options.connection.retry(key);
  }

  /** Gives a message up that the bot did not take. */
  discard(key: string): void {
    this.options.connection.outbox.discard(key);
  }

  /** Brings a page of older messages, if there are any. */
  async loadOlder(): Promise<void> {
    const { loaded, older } = this.room.state;
    if (!loaded || (older !== 'some' && older !== 'failed')) {
      return;
    }
    this.room.setOlder('loading');
    try {
      const before = this.room.oldest;
      const { messages, more } = await this.options.connection.request<'history'>({
        type: 'history',
        room: this.room.name,
        limit: PAGE,
        ...(before !== undefined && { before })
      });
      this.room.merge(messages);
      this.room.setOlder(more ? 'some' : 'none');
    } catch {
      this.room.setOlder('failed');
    }
  }

  /** Shows again what a `clear` has hidden. */
  unclear(): void {
    this.room.unclear();
  }

  /** Whether a person is looking at the newest messages. */
  setAttended(attended: boolean): void {
    this.room.setAttended(attended);
  }

  /**
   * What was weighed and done for a message.
   *
   * @throws ChatOpsError `CHATOPS_MESSAGE_UNKNOWN` or `CHATOPS_CONNECTION_LOST`.
   */
  trace(seq: number): Promise<Trace> {
    let trace = this.traces.get(seq);
    if (!trace) {
      trace = this.options.connection
        .request<'trace'>({ type: 'trace', seq })
        .then(reply => reply.trace);
      trace.catch(() => this.traces.delete(seq));
      this.traces.set(seq, trace);
    }
    return trace;
  }

  dispose(): void {
    this.typing.stop();
    this.stops.forEach(stop => stop());
    this.changed.clear();
    this.arrived.clear();
    this.trouble.clear();
  }

  private take(frame: ServerFrame): void {
    const { name } = this.room;
    switch (frame.type) {
      case 'ready':
        this.begin(frame, this.begun);
        break;
      case 'message':
        if (frame.message.room === name) {
          this.room.add(frame.message);
        }
        break;
      case 'update':
        if (frame.room === name) {
          this.room.update(frame.seq, frame.patch);
        }
        break;
      case 'handled':
        if (frame.room === name) {
          this.room.setHandled(frame.seq, frame.handled);
        }
        break;
      case 'typing':
        if (frame.room === name && frame.user.id !== this.options.connection.ready?.user.id) {
          this.room.setWriting(frame.user, frame.active);
        }
        break;
      case 'clear':
        if (frame.room === name) {
          this.room.clear(frame.seq);
        }
        break;
      case 'skills':
        this.tell(frame);
        break;
      case 'error':
        // Everything else ends the connection, whose state tells of it.
        if (frame.error.code.startsWith('CHATOPS_FRAME_')) {
          this.trouble.emit(frame.error);
        }
        break;
      default:
        break;
    }
  }

  private begin({ rooms, journal, user }: ServerFrameOf<'ready'>, isLate: boolean): void {
    this.begun = true;
    const { name } = this.room;
    const last = rooms.find(({ room }) => room === name)?.last ?? 0;
    this.room.begin(journal, last, user.id);
    this.traces.clear();
    // A message that this connection has seen is not sent again, also when this chat has it not or
    // not to its end: because it began later, or because the connection was lost meanwhile.
    if (this.room.isWaiting || (isLate && !this.room.state.loaded)) {
      void this.refresh();
    }
  }

  /** Asks for the newest messages as they stand now. */
  private async refresh(): Promise<void> {
    try {
      const { messages, more } = await this.options.connection.request<'history'>({
        type: 'history',
        room: this.room.name,
        limit: 2 * PAGE
      });
      const before = this.room.oldest;
      this.room.merge(messages);
      if (before === undefined) {
        this.room.setOlder(more ? 'some' : 'none');
      }
    } catch {
      // The connection was lost again; the next one asks again.
    }
  }

  private tell({ cause, changes }: ServerFrameOf<'skills'>): void {
    const now = (this.options.now ?? Date.now)();
    for (const change of worthTelling(cause, changes, this.room.isWaiting)) {
      this.room.tell(change, now, `news ${++this.newsCount}`);
    }
  }

  private unsent(): UnsentEntry[] {
    return this.options.connection.outbox.messages
      .filter(({ id, room }) => room === this.room.name && !this.room.has(id))
      .map(message => ({ kind: 'unsent', key: message.id, time: message.time, message }));
  }

  private touch(): void {
    this.cached = undefined;
    this.changed.emit();
  }
}
