import { createId, type ChatMessage, type Handled, type MessagePatch } from '../protocol';
import type { PendingAction } from './conversation';
import {
  placeKey,
  type HistoryPage,
  type HistoryQuery,
  type Journal,
  type Place,
  type Unfinished
} from './journal';

/** A room's messages, by their numbers. */
interface RoomLine {
  kept: number[];
  /** Also when it is no longer kept. */
  newest: number;
}

/** A journal that ends with its process: for tests, and where no file can be written. */
export class MemoryJournal implements Journal {
  readonly id: string;

  private readonly messages = new Map<number, ChatMessage>();
  private readonly rooms = new Map<string, RoomLine>();
  /** The messages by the ids that their connectors' clients gave them. */
  private readonly byId = new Map<string, Map<string, number>>();
  private readonly actions = new Map<string, PendingAction>();
  private count = 0;

  /** @param limit - how many messages are kept at least; up to twice as many are. */
  constructor(
    private readonly limit = Infinity,
    id = createId()
  ) {
    this.id = id;
  }

  get last(): number {
    return this.count;
  }

  /** The oldest message that is kept, or one more than the newest number when none is. */
  get first(): number {
    return this.messages.keys().next().value ?? this.count + 1;
  }

  takeUnfinished(): Unfinished[] {
    return [];
  }

  find(connector: string, id: string): ChatMessage | undefined {
    const seq = this.byId.get(connector)?.get(id);
    return seq === undefined ? undefined : this.messages.get(seq);
  }

  get(seq: number): ChatMessage | undefined {
    return this.messages.get(seq);
  }

  add(message: Omit<ChatMessage, 'seq'>): ChatMessage {
    const added = { ...message, seq: this.count + 1 };
    this.restore(added);
    return added;
  }

  /** Takes in a message that already has its number, newer than all others. */
  restore(message: ChatMessage): void {
    this.count = message.seq;
    this.messages.set(message.seq, message);
    this.note(message);
    const key = placeKey(message);
    const room = this.rooms.get(key);
    if (room) {
      room.kept.push(message.seq);
      room.newest = message.seq;
    } else {
      this.rooms.set(key, { kept: [message.seq], newest: message.seq });
    }
    if (this.messages.size > 2 * this.limit) {
      this.forget(this.messages.size - this.limit);
    }
  }

  update(seq: number, patch: MessagePatch): ChatMessage | undefined {
    const message = this.messages.get(seq);
    if (!message) {
      return undefined;
    }
    const changed = { ...message, ...patch };
    this.messages.set(seq, changed);
    return changed;
  }

  openActions(): PendingAction[] {
    return [...this.actions.values()];
  }

  propose(action: PendingAction): void {
    this.actions.set(action.id, action);
  }

  settle(id: string): void {
    this.actions.delete(id);
  }

  start(): void {
    // Only a later process would ask.
  }

  finish(seq: number, handled: Handled): void {
    const message = this.messages.get(seq);
    if (message) {
      this.messages.set(seq, { ...message, handled });
    }
  }

  lastOf(place: Place): number {
    return this.rooms.get(placeKey(place))?.newest ?? 0;
  }

  roomsOf(connector: string): { room: string; last: number }[] {
    return roomsOf(connector, this.lasts());
  }

  history(
    place: Place,
    { after = 0, before = Infinity, limit = Infinity }: HistoryQuery
  ): Promise<HistoryPage> {
    const kept = this.rooms.get(placeKey(place))?.kept ?? [];
    const fitting = kept.filter(seq => seq > after && seq < before);
    const wanted = limit === Infinity ? fitting : fitting.slice(-limit);
    return Promise.resolve({
      messages: wanted.map(seq => this.messages.get(seq)!),
      more: wanted.length < fitting.length
    });
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The newest message of each room that has one here, by the room's key. */
  lasts(): Record<string, number> {
    return Object.fromEntries([...this.rooms].map(([key, { newest }]) => [key, newest]));
  }

  private note({ connector, id, seq }: ChatMessage): void {
    const known = this.byId.get(connector);
    if (known) {
      known.set(id, seq);
    } else {
      this.byId.set(connector, new Map([[id, seq]]));
    }
  }

  private forget(count: number): void {
    for (const { seq, connector, id } of this.messages.values()) {
      if (count-- === 0) {
        break;
      }
      this.messages.delete(seq);
      this.byId.get(connector)?.delete(id);
    }
    const first = this.first;
    for (const room of this.rooms.values()) {
      room.kept = room.kept.filter(seq => seq >= first);
    }
  }
}

/** The rooms of a connector, from the newest message of each room by its key. */
export function roomsOf(
  connector: string,
  lasts: Readonly<Record<string, number>>
): { room: string; last: number }[] {
  const prefix = placeKey({ connector, room: '' });
  return Object.entries(lasts)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, last]) => ({ room: key.slice(prefix.length), last }));
}
