import { isShown, type RoomEntry, type SaidEntry } from './entry';
import type { Timeline } from './timeline';

/**
 * The entries of a room that stand in its conversation, below one another: not what was cleared away,
 * what happened to other messages, or what stands in a thread.
 *
 * Most changes concern one entry, often the last one, and are followed there alone: a conversation may
 * have thousands, and a reply that streams changes many times a second.
 */
export class VisibleEntries {
  private list: readonly RoomEntry[] = [];
  /** What {@link list} was made from. */
  private version = -1;
  private cleared = 0;

  constructor(private readonly timeline: Timeline) {}

  /**
   * The entries as they stand now; the same array while nothing about them changes.
   *
   * @param cleared - messages up to this one are hidden.
   */
  after(cleared: number): readonly RoomEntry[] {
    const { version, entries } = this.timeline;
    if (this.version !== version || this.cleared !== cleared) {
      const hidden =
        cleared === 0
          ? -1
          : entries.findLastIndex(entry => entry.kind === 'said' && entry.message.seq <= cleared);
      this.version = version;
      this.cleared = cleared;
      this.list = entries.filter((entry, index) => index > hidden && this.stands(entry));
    }
    return this.list;
  }

  /** Puts an entry into the timeline. False when it was there already. */
  put(entry: RoomEntry): boolean {
    const isCurrent = this.version === this.timeline.version;
    const isNew = this.timeline.put(entry);
    const list = isCurrent ? (isNew ? this.appended(entry) : this.replaced(entry)) : undefined;
    if (list) {
      this.list = list;
      this.version = this.timeline.version;
    }
    return isNew;
  }

  /** The first message of the thread that a message belongs to, if it is shown: it stands below that one. */
  rootOf({ message: { thread } }: SaidEntry, cleared: number): number | undefined {
    return thread !== undefined && thread > cleared && this.timeline.hasMessage(thread)
      ? thread
      : undefined;
  }

  private appended(entry: RoomEntry): readonly RoomEntry[] | undefined {
    if (this.timeline.entries.at(-1) !== entry) {
      return undefined;
    }
    return this.stands(entry) ? [...this.list, entry] : this.list;
  }

  private replaced(entry: RoomEntry): readonly RoomEntry[] | undefined {
    const index = this.list.findLastIndex(({ key }) => key === entry.key);
    if (index >= 0 !== this.stands(entry)) {
      return undefined;
    }
    return index < 0 ? this.list : this.list.with(index, entry);
  }

  private stands(entry: RoomEntry): boolean {
    return (
      entry.kind !== 'said' ||
      (entry.message.seq > this.cleared &&
        isShown(entry.message) &&
        this.rootOf(entry, this.cleared) === undefined)
    );
  }
}
