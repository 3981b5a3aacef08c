import type { PendingMessage } from '../../protocol';
import type { Entry, MessageEntry, UnsentEntry } from './entry';
import type { RoomModel, RoomState } from './room-model';

/** The conversation as it stands; a new object after each change. */
export interface ChatState extends Omit<RoomState, 'entries' | 'threads'> {
  /** Everything that is said, delivered or not, but for what stands in a thread. */
  readonly entries: readonly Entry[];
  /** What stands in threads, delivered or not, by the number of a thread's first message. */
  readonly threads: ReadonlyMap<number, readonly MessageEntry[]>;
  /** The threads that are shown at length. */
  readonly openThreads: ReadonlySet<number>;
  /** Whom the person at this page speaks as, if not as themselves. */
  readonly speaker: string | undefined;
}

/** A room together with what this page has said in it and the bot has not taken. */
export function withUnsent(
  room: RoomModel,
  pending: readonly PendingMessage[]
): Pick<ChatState, 'entries' | 'threads'> {
  const { entries, threads } = room.state;
  const unsent = pending
    .filter(message => message.room === room.name && !room.has(message.id))
    .map((message): UnsentEntry => {
      return { kind: 'unsent', key: message.id, time: message.time, message };
    });
  if (unsent.length === 0) {
    return { entries, threads };
  }
  const all = new Map<number, readonly MessageEntry[]>(threads);
  const loose: UnsentEntry[] = [];
  for (const entry of unsent) {
    const { thread } = entry.message;
    if (thread !== undefined && room.find(thread)) {
      all.set(thread, [...(all.get(thread) ?? []), entry]);
    } else {
      loose.push(entry);
    }
  }
  return { entries: loose.length === 0 ? entries : [...entries, ...loose], threads: all };
}
