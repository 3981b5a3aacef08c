import {
  DEFAULT_ROOM,
  Emitter,
  isDirectRoom,
  type ServerFrameOf,
  type Timers,
  type Unsubscribe
} from '../../protocol';
import type { IOpenLink } from '../tokens';
import { ChatModel } from './chat-model';
import type { SaidEntry } from './entry';

/** The longest name a room may have. */
export const MAX_ROOM_NAME = 100;

/** A room as a list shows it. */
export interface RoomSummary {
  readonly name: string;
  /** The room that the person at this page has with the bot, and nobody else enters. */
  readonly isDirect: boolean;
  readonly unread: number;
}

/** The rooms as they stand; a new object after each change. */
export interface RoomsState {
  /** The rooms that are followed: the one that everybody is in first, one's own with the bot last. */
  readonly rooms: readonly RoomSummary[];
  /** The name of the room that is shown. */
  readonly current: string;
  /** How many messages of all rooms nobody has seen. */
  readonly unread: number;
}

/** What the rooms are made of. */
export interface RoomsModelOptions extends IOpenLink {
  timers?: Timers;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** The rooms that a person is in, and the conversation in each. One of them is shown. */
export class RoomsModel {
  /** {@link state} changed. */
  readonly changed = new Emitter<void>();
  /** Someone asked for the list of rooms. */
  readonly listWanted = new Emitter<void>();
  /** Another room is shown. */
  readonly moved = new Emitter<ChatModel>();
  /** Something was said just now, in any of the rooms. */
  readonly arrived = new Emitter<{ room: ChatModel; entry: SaidEntry }>();

  private readonly options: RoomsModelOptions;
  private readonly models = new Map<string, ChatModel>();
  private readonly stop: Unsubscribe;
  private currentName: string;
  private cached: RoomsState | undefined;

  constructor(options: RoomsModelOptions) {
    this.options = options;
    const { connection, store } = options;
    const names = new Set([DEFAULT_ROOM, ...store.rooms()]);
    names.forEach(name => this.add(name));
    const last = store.currentRoom();
    this.currentName = last !== undefined && names.has(last) ? last : DEFAULT_ROOM;
    this.stop = connection.received.on(frame => {
      if (frame.type === 'ready') {
        this.meet(frame);
      }
    });
    if (connection.ready) {
      this.meet(connection.ready);
    }
  }

  get state(): RoomsState {
    this.cached ??= this.describe();
    return this.cached;
  }

  /** The conversation in the room that is shown. */
  get current(): ChatModel {
    return this.models.get(this.currentName)!;
  }

  /** The conversation in the room that everybody is in. */
  get lobby(): ChatModel {
    return this.models.get(DEFAULT_ROOM)!;
  }

  /** Shows a room, and enters it first if need be. A room comes to be when something is said in it. */
  enter(name: string): void {
    const room = name.trim().slice(0, MAX_ROOM_NAME);
    if (room === '' || room === this.currentName) {
      return;
    }
    this.add(room);
    this.currentName = room;
    this.keep();
    this.touch();
    this.moved.emit(this.current);
  }

  /** Whether a room can be left: not the one that everybody is in, nor one's own with the bot. */
  canLeave(name: string): boolean {
    return name !== DEFAULT_ROOM && !isDirectRoom(name);
  }

  /** Leaves a room, if it can be left. */
  leave(name: string): void {
    const model = this.models.get(name);
    if (!model || !this.canLeave(name)) {
      return;
    }
    if (name === this.currentName) {
      this.enter(DEFAULT_ROOM);
    }
    this.models.delete(name);
    model.dispose();
    this.options.connection.unfollow(name);
    this.keep();
    this.touch();
  }

  /**
   * The rooms of the bot that this person is not in.
   *
   * @throws ChatOpsError `CHATOPS_CONNECTION_LOST`.
   */
  async others(): Promise<string[]> {
    const { rooms } = await this.options.connection.request<'rooms'>({ type: 'rooms' });
    return rooms
      .map(({ room }) => room)
      .filter(room => !this.models.has(room))
      .toSorted((a, b) => a.localeCompare(b));
  }

  dispose(): void {
    this.stop();
    this.models.forEach(model => model.dispose());
    this.changed.clear();
    this.moved.clear();
    this.listWanted.clear();
    this.arrived.clear();
  }

  /** The bot says which room is this person's own. */
  private meet({ direct }: ServerFrameOf<'ready'>): void {
    // Jupyter may know another person by now, whose room is another one.
    for (const [name, model] of this.models) {
      if (isDirectRoom(name) && name !== direct) {
        if (name === this.currentName) {
          this.enter(DEFAULT_ROOM);
        }
        this.models.delete(name);
        model.dispose();
      }
    }
    if (direct !== undefined && !this.models.has(direct)) {
      this.add(direct);
      if (this.options.store.currentRoom() === direct) {
        this.enter(direct);
      }
      this.touch();
    }
  }

  private add(name: string): void {
    if (this.models.has(name)) {
      return;
    }
    const model = new ChatModel({ ...this.options, room: name });
    let { unread } = model.state;
    model.changed.on(() => {
      if (model.state.unread !== unread) {
        ({ unread } = model.state);
        this.touch();
      }
    });
    model.arrived.on(entry => {
      if (entry.kind === 'said') {
        this.arrived.emit({ room: model, entry });
      }
    });
    this.models.set(name, model);
  }

  private keep(): void {
    const { store } = this.options;
    store.keepRooms([...this.models.keys()].filter(name => this.canLeave(name)));
    store.keepCurrentRoom(this.currentName);
  }

  private describe(): RoomsState {
    const rooms = [...this.models]
      .map(([name, model]) => ({
        name,
        isDirect: isDirectRoom(name),
        unread: model.state.unread
      }))
      .toSorted((a, b) => placeOf(a) - placeOf(b) || a.name.localeCompare(b.name));
    return {
      rooms,
      current: this.currentName,
      unread: rooms.reduce((sum, { unread }) => sum + unread, 0)
    };
  }

  private touch(): void {
    this.cached = undefined;
    this.changed.emit();
  }
}

function placeOf({ name, isDirect }: RoomSummary): number {
  return name === DEFAULT_ROOM ? 0 : isDirect ? 2 : 1;
}
