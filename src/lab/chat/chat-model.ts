import {
  DEFAULT_ROOM,
  Emitter,
  MAX_TEXT_LENGTH,
  type Block,
  type ErrorRecord,
  type ServerFrame,
  type ServerFrameOf,
  type Timers,
  type Trace,
  type Unsubscribe
} from '../../protocol';
import type { IOpenLink } from '../tokens';
import { withUnsent, type ChatState } from './chat-state';
import type { Aside, NewsEntry, SaidEntry, UnsentEntry } from './entry';
import { worthTelling } from './news';
import { RoomHistory } from './room-history';
import { RoomModel } from './room-model';
import { TypingNotice } from './typing-notice';

/** What goes with a text that is sent. */
export interface Sending {
  readonly blocks?: Block[];
  /** The first message of the thread that it goes into. */
  readonly thread?: number;
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
  private readonly history: RoomHistory;
  private readonly typing: TypingNotice;
  private readonly stops: Unsubscribe[];
  private readonly traces = new Map<number, Promise<Trace>>();
  private openThreads: ReadonlySet<number> = new Set();
  private currentSpeaker: string | undefined;
  private newsCount = 0;
  private asideCount = 0;
  private cached: ChatState | undefined;

  constructor(options: ChatModelOptions) {
    this.options = options;
    const { connection, store, room = DEFAULT_ROOM } = options;
    this.room = new RoomModel(room, {
      recall: journal => store.memory(room, journal),
      remember: memory => store.remember(room, memory)
    });
    this.history = new RoomHistory(this.room, connection, error =>
      this.tellAside({ what: 'error', error })
    );
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
          this.room.forgetPeople();
        }
      }),
      connection.received.on(frame => this.take(frame))
    ];
    if (connection.ready && connection.state === 'connected') {
      this.begin(connection.ready, true);
    }
  }

  get state(): ChatState {
    this.cached ??= this.describe();
    return this.cached;
  }

  /** The name of the room. */
  get name(): string {
    return this.room.name;
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
  send(text: string, { blocks = [], thread }: Sending = {}): boolean {
    const names = blocks.map(block => ('name' in block ? block.name : undefined)).filter(Boolean);
    // Connectors and skills that know nothing of files are told their names.
    const words = text.replace(/^(?:[ \t]*\r?\n)+|\s+$/g, '') || names.join(', ');
    if (words === '' || words.length > MAX_TEXT_LENGTH) {
      return false;
    }
    const speaker = this.currentSpeaker;
    this.options.connection.say(this.room.name, words, {
      // Blocks are the whole of a message, its text included.
      ...(blocks.length > 0 && {
        blocks: text.trim() === '' ? blocks : [{ type: 'markdown', text: words }, ...blocks]
      }),
      ...(thread !== undefined && { thread }),
      ...(speaker !== undefined && { user: { name: speaker } })
    });
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
  loadOlder(): Promise<void> {
    return this.history.loadOlder();
  }

  /** Shows again what a `clear` has hidden. */
  unclear(): void {
    this.room.unclear();
  }

  /** Hides what stands there, from the person at this page only. */
  clear(): void {
    this.room.clear(this.room.newest);
  }

  /** Tells the person at this page something that nobody else sees. */
  tellAside(aside: Aside): void {
    this.room.tellAside(aside, this.now(), `aside ${++this.asideCount}`);
    this.touch();
  }

  /** Puts away what only the person at this page sees. */
  dismiss(key: string): void {
    this.room.dismiss(key);
  }

  /** The message with this number, if it is here. */
  find(seq: number): SaidEntry | undefined {
    return this.room.find(seq);
  }

  /** Shows a thread at length, or in short. */
  setThreadOpen(root: number, isOpen: boolean): void {
    const open = new Set(this.openThreads);
    if (isOpen) {
      open.add(root);
    } else {
      open.delete(root);
    }
    this.openThreads = open;
    this.touch();
  }

  /** Speaks as someone else from now on, or as oneself again. Only some bots allow it. */
  speakAs(name: string | undefined): void {
    this.currentSpeaker = name;
    this.touch();
  }

  /** Whether a person is looking at the newest messages. */
  get isAttended(): boolean {
    return this.room.isAttended;
  }

  setAttended(attended: boolean): void {
    this.room.setAttended(attended);
  }

  /**
   * What would be weighed for a text, without anything happening.
   *
   * @throws ChatOpsError `CHATOPS_CONNECTION_LOST`.
   */
  async explain(text: string): Promise<Trace> {
    const { connection } = this.options;
    return (await connection.request<'explain'>({ type: 'explain', room: this.name, text })).trace;
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
        this.begin(frame);
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
      case 'presence':
        if (frame.room === name) {
          this.room.setPeople(frame.users);
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

  private begin(ready: ServerFrameOf<'ready'>, isLate?: boolean): void {
    if (this.history.begin(ready, isLate)) {
      this.traces.clear();
    }
  }

  private tell({ cause, changes }: ServerFrameOf<'skills'>): void {
    const now = this.now();
    for (const change of worthTelling(cause, changes, this.room.isWaiting)) {
      this.room.tell(change, now, `news ${++this.newsCount}`);
    }
  }

  private describe(): ChatState {
    return {
      ...this.room.state,
      ...withUnsent(this.room, this.options.connection.outbox.messages),
      openThreads: this.openThreads,
      speaker: this.currentSpeaker
    };
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }

  private touch(): void {
    this.cached = undefined;
    this.changed.emit();
  }
}
