import type { Journal } from '../../../engine';
import type { ChatMessage, ServerFrame, ServerFrameOf } from '../../../protocol';
import { placeOf } from './panel-host';

/** How many messages of a room are sent to a client that has none. */
export const FIRST_PAGE = 50;

/** A room a client follows. While its older messages are being sent, new ones wait. */
interface Followed {
  last: number;
  waiting: (ChatMessage | UpdateFrame)[] | undefined;
}

type UpdateFrame = ServerFrameOf<'update'>;

/** The rooms that a client follows, and how far it is in each. */
export class FollowedRooms {
  private readonly rooms = new Map<string, Followed>();

  constructor(
    private readonly journal: Journal,
    private readonly send: (frame: ServerFrame) => void
  ) {}

  /** The names of the rooms. */
  get names(): string[] {
    return [...this.rooms.keys()];
  }

  has(room: string): boolean {
    return this.rooms.has(room);
  }

  leave(room: string): void {
    this.rooms.delete(room);
  }

  /** Shows a message, if the client follows its room. */
  show(message: ChatMessage): void {
    const room = this.rooms.get(message.room);
    if (room?.waiting) {
      room.waiting.push(message);
    } else if (room && message.seq > room.last) {
      room.last = message.seq;
      this.send({ type: 'message', message });
    }
  }

  /** Shows that a message changed, if the client follows its room. */
  showChange(frame: UpdateFrame): void {
    const room = this.rooms.get(frame.room);
    if (room?.waiting) {
      room.waiting.push(frame);
    } else if (room) {
      this.send(frame);
    }
  }

  /** Sends what a client has not seen of a room, then keeps it up to date. */
  async follow(room: string, after: number | undefined): Promise<void> {
    const { journal } = this;
    const followed: Followed = { last: after ?? 0, waiting: [] };
    this.rooms.set(room, followed);
    const place = placeOf(room);
    const known = after && (await journal.history(place, { before: after + 1, limit: FIRST_PAGE }));
    const { messages } = await journal.history(
      place,
      after === undefined ? { limit: FIRST_PAGE } : { after }
    );
    const missed = followed.waiting ?? [];
    followed.waiting = undefined;
    for (const message of known ? known.messages : []) {
      this.bringUpToDate(message);
    }
    messages.forEach(message => this.show(message));
    for (const item of missed) {
      if ('patch' in item) {
        this.send(item);
      } else {
        this.show(item);
      }
    }
  }

  /** A client that has a message may have missed what became of it. */
  private bringUpToDate(message: ChatMessage): void {
    const { room, seq, handled, changed } = message;
    if (changed !== undefined) {
      const { text, blocks, edited, deleted, pinned, reactions, streaming = false } = message;
      const patch = { text, blocks, edited, changed, deleted, pinned, reactions, streaming };
      this.send({ type: 'update', room, seq, patch });
    }
    if (handled) {
      this.send({ type: 'handled', room, seq, handled });
    }
  }
}
