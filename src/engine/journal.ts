import type { ChatMessage, Handled, MessagePatch } from '../protocol';
import type { ActionLog } from './conversation';

/** A room: those of different connectors are different rooms, whatever they are called. */
export type Place = Pick<ChatMessage, 'connector' | 'room'>;

/** A text that is the same for the same room and for no other. */
export function placeKey({ connector, room }: Place): string {
  return `${connector}\n${room}`;
}

/** Which part of a room's history is wanted. */
export interface HistoryQuery {
  /** Only messages newer than this one. */
  after?: number;
  /** Only messages older than this one. */
  before?: number;
  /** At most so many: the newest of those that fit. */
  limit?: number;
}

/** A part of a room's history, oldest first. */
export interface HistoryPage {
  messages: ChatMessage[];
  /** True when older ones fit the query too. */
  more: boolean;
}

/** A message that an earlier process took and did not finish. */
export interface Unfinished {
  message: ChatMessage;
  /** The skill that was already at work on it. */
  started?: string;
}

/**
 * What was said and done, kept so that neither a lost connection nor a lost process loses or
 * doubles a message.
 *
 * Sequence numbers start at 1 and grow by one with each message, over all rooms.
 */
export interface Journal extends ActionLog {
  /** Identifies this journal: another one counts anew. */
  readonly id: string;
  /** The newest sequence number, or 0. */
  readonly last: number;
  /** What an earlier process left unfinished, oldest first. Emptied by reading. */
  takeUnfinished(): Unfinished[];
  /** The message that a connector's client gave this id, if it was taken before. */
  find(connector: string, id: string): ChatMessage | undefined;
  /** The message with this number, if it is still kept. */
  get(seq: number): ChatMessage | undefined;
  /** Adds a message under the next sequence number. It is there at once, and safe after {@link flush}. */
  add(message: Omit<ChatMessage, 'seq'>): ChatMessage;
  /** Changes a message. Returns what it is now, or to nothing when it is no longer held. */
  update(seq: number, patch: MessagePatch): ChatMessage | undefined;
  /** Notes that a skill is at work on a message. */
  start(seq: number, skill: string): void;
  /** Notes what became of a message. */
  finish(seq: number, handled: Handled): void;
  /** The newest message of a room, or 0. */
  lastOf(place: Place): number;
  /** The rooms of a connector in which something was said, and the newest message of each. */
  roomsOf(connector: string): { room: string; last: number }[];
  history(place: Place, query: HistoryQuery): Promise<HistoryPage>;
  /** Resolves when all that was added before is safe from the end of this process. */
  flush(): Promise<void>;
  close(): Promise<void>;
}
