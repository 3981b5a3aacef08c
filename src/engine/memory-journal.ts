import { createId, type ChatMessage, type Handled } from '../protocol';
import type { HistoryPage, HistoryQuery, Journal, Unfinished } from './journal';

/** How many messages of a page when nothing is said. */
export const PAGE_SIZE = 50;

/** A journal that ends with its process: for tests, and where no file can be written. */
export class MemoryJournal implements Journal {
  readonly id = createId();

  private readonly messages = new Map<number, ChatMessage>();
  private readonly rooms = new Map<string, number[]>();
  private readonly byId = new Map<string, number>();
  private count = 0;

  get last(): number {
    return this.count;
  }

  takeUnfinished(): Unfinished[] {
    return [];
  }

  find(connector: string, id: string): ChatMessage | undefined {
    return this.get(this.byId.get(`${connector}\n${id}`) ?? 0);
  }

  get(seq: number): ChatMessage | undefined {
    return this.messages.get(seq);
  }

  add(message: Omit<ChatMessage, 'seq'>): ChatMessage {
    const added = { ...message, seq: ++this.count };
    this.restore(added);
    return added;
  }

  /** Takes in a message that already has its number, newer than all others. */
  restore(message: ChatMessage): void {
    this.count = message.seq;
    this.messages.set(message.seq, message);
    this.byId.set(`${message.connector}\n${message.id}`, message.seq);
    const room = this.rooms.get(message.room);
    if (room) {
      room.push(message.seq);
    } else {
      this.rooms.set(message.room, [message.seq]);
    }
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

  lastOf(room: string): number {
    return this.rooms.get(room)?.at(-1) ?? 0;
  }

  history(
    room: string,
    { after = 0, before = Infinity, limit = Infinity }: HistoryQuery
  ): Promise<HistoryPage> {
    const fitting = (this.rooms.get(room) ?? []).filter(seq => seq > after && seq < before);
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
}
