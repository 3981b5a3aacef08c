import type { ChatMessage, User } from '../protocol';

/** Someone says something on a connector. */
export interface Incoming {
  /** Given by the sender; the same id again is the same message again. */
  id: string;
  connector: string;
  room: string;
  user: User;
  text: string;
}

/** A way in and out of the bot: a chat platform, a terminal, the panel. */
export interface Connector {
  readonly name: string;
  /** Where the bot tells of itself: of a reload, of a skill that broke. */
  readonly noticeRooms: readonly string[];
  /** Starts to take messages. @throws ChatOpsError when it cannot. */
  connect(): Promise<void>;
  /** Stops. Whoever talks to the bot this way is told so. */
  disconnect(): Promise<void>;
  /** Shows what the bot says. Resolves when the platform has taken it. */
  deliver(message: ChatMessage): void | Promise<void>;
  /** Shows that the bot is at work in a room, or no longer. */
  typing?(room: string, active: boolean): void;
  /** Empties what people see of a room; what was said is kept. */
  clear?(room: string): void;
}
