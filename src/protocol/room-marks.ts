import type { ClientFrameOf } from './client-frame';

/** The rooms that a client follows, and the newest message that it has of each. */
export class RoomMarks {
  private readonly rooms: Map<string, number | undefined>;

  constructor(rooms: readonly string[]) {
    this.rooms = new Map(rooms.map(room => [room, undefined]));
  }

  /** The room that is followed longest. */
  get first(): string | undefined {
    return this.rooms.keys().next().value;
  }

  has(room: string): boolean {
    return this.rooms.has(room);
  }

  add(room: string): void {
    this.rooms.set(room, undefined);
  }

  /** False when the room was not followed. */
  delete(room: string): boolean {
    return this.rooms.delete(room);
  }

  /** A message arrived. What was on its way when a room was left does not bring it back. */
  note(room: string, seq: number): void {
    if (this.rooms.has(room)) {
      this.rooms.set(room, seq);
    }
  }

  /** Another journal counts anew; what was seen of the old one says nothing about it. */
  forget(): void {
    for (const room of this.rooms.keys()) {
      this.rooms.set(room, undefined);
    }
  }

  /** What a hello says of them. */
  describe(): NonNullable<ClientFrameOf<'hello'>['rooms']> {
    return [...this.rooms].map(([room, after]) => ({ room, ...(after && { after }) }));
  }
}
