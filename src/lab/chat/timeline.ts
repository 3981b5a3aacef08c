import { isShown, type RoomEntry, type SaidEntry } from './entry';

/** The entries of a room in their order: messages by their numbers, everything else where it happened. */
export class Timeline {
  /** Oldest first. */
  private list: RoomEntry[] = [];
  private readonly keys = new Set<string>();
  private readonly seqs = new Set<number>();
  /** Replaced when a thread changes, and of it only that thread's list. */
  private replies: ReadonlyMap<number, readonly SaidEntry[]> = new Map();
  private changes = 0;

  /** Another number after each change. */
  get version(): number {
    return this.changes;
  }

  get entries(): readonly RoomEntry[] {
    return this.list;
  }

  /** What was said in threads, by the number of a thread's first message; that one need not be here. */
  get threads(): ReadonlyMap<number, readonly SaidEntry[]> {
    return this.replies;
  }

  /** The number of the oldest message that is here. */
  get oldest(): number | undefined {
    return this.list.find(entry => entry.kind === 'said')?.message.seq;
  }

  /** The number of the newest message that is here, or 0. */
  get newest(): number {
    const last = this.list.findLast(entry => entry.kind === 'said');
    return last?.message.seq ?? 0;
  }

  has(key: string): boolean {
    return this.keys.has(key);
  }

  hasMessage(seq: number): boolean {
    return this.seqs.has(seq);
  }

  /** The message with this number, if it is here. */
  find(seq: number): SaidEntry | undefined {
    const entry = this.list[this.indexOf(seq)];
    return entry?.kind === 'said' ? entry : undefined;
  }

  /** Puts an entry where it belongs. False when it was there already, and is in its newest form now. */
  put(entry: RoomEntry): boolean {
    this.changes++;
    if (this.keys.has(entry.key)) {
      this.list[this.list.findLastIndex(({ key }) => key === entry.key)] = entry;
      this.gather(entry);
      return false;
    }
    this.keys.add(entry.key);
    if (entry.kind === 'said') {
      this.seqs.add(entry.message.seq);
      this.list.splice(this.placeOf(entry.message.seq), 0, entry);
    } else {
      this.list.push(entry);
    }
    this.gather(entry);
    return true;
  }

  remove(key: string): void {
    this.changes++;
    this.list = this.list.filter(entry => entry.key !== key);
    this.keys.delete(key);
  }

  /** Keeps the entries of one kind only. */
  removeAllBut(kind: RoomEntry['kind']): void {
    for (const entry of this.list) {
      if (entry.kind !== kind) {
        this.remove(entry.key);
      }
    }
  }

  empty(): void {
    this.changes++;
    this.list = [];
    this.keys.clear();
    this.seqs.clear();
    this.replies = new Map();
  }

  /** Behind the last message with a smaller number, and behind the news that followed it. */
  private placeOf(seq: number): number {
    // Older messages come page by page, above all others.
    const first = this.list.findIndex(entry => entry.kind === 'said');
    const oldest = this.list[first];
    if (oldest?.kind === 'said' && seq < oldest.message.seq) {
      return first;
    }
    let place = this.list.length;
    for (let index = place - 1; index >= 0; index--) {
      const entry = this.list[index]!;
      if (entry.kind === 'said') {
        if (entry.message.seq < seq) {
          break;
        }
        place = index;
      }
    }
    return place;
  }

  private indexOf(seq: number): number {
    return this.seqs.has(seq)
      ? this.list.findLastIndex(entry => entry.kind === 'said' && entry.message.seq === seq)
      : -1;
  }

  /** Keeps the list of the thread that an entry belongs to. Lists are replaced, never changed. */
  private gather(entry: RoomEntry): void {
    const root = entry.kind === 'said' ? entry.message.thread : undefined;
    if (entry.kind !== 'said' || root === undefined) {
      return;
    }
    const others = (this.replies.get(root) ?? []).filter(({ key }) => key !== entry.key);
    const place = others.findLastIndex(({ message }) => message.seq < entry.message.seq) + 1;
    const replies = isShown(entry.message) ? others.toSpliced(place, 0, entry) : others;
    this.replies = new Map(this.replies).set(root, replies);
  }
}
