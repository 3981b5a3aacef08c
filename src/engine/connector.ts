import type { Block, ChatEvent, ChatMessage, Entity, MessagePatch, User } from '../protocol';
import type { Place } from './journal';

/** Something happens on a connector: mostly, someone says something. */
export interface Incoming {
  /** Given by the sender; the same id again is the same event again. */
  id: string;
  connector: string;
  room: string;
  user: User;
  text: string;
  /** What it is, when it is more or other than something said. */
  event?: ChatEvent;
  blocks?: Block[];
  /** The `seq` of the message whose thread it belongs to. */
  thread?: number;
  entities?: Record<string, Entity>;
  /** Whether it is said to the bot, where the connector knows. */
  addressed?: boolean;
}

/** How long a bot pretends to think and to type, so that people can follow it; opsdroid's delays. */
export interface Delays {
  /** Before each reply, in seconds: a number, or a range from which one is drawn. */
  thinking: number | readonly [from: number, to: number];
  /** For each character of a reply, in seconds. */
  typing: number;
}

/** What a connector can show besides text. */
export interface Capabilities {
  blocks: ReadonlySet<Block['type']>;
  /** The kinds of events, by their names, that {@link Connector.perform} can bring about. */
  events: ReadonlySet<string>;
}

/** A way in and out of the bot: a chat platform, a terminal, the panel. */
export interface Connector {
  readonly name: string;
  /** Where the bot tells of itself: of a reload, of a skill that broke. */
  readonly noticeRooms: readonly string[];
  /** Where it speaks when nobody says where. */
  readonly defaultRoom?: string | undefined;
  /** True when it knows who its people are, instead of believing what they say. */
  readonly identifies?: boolean;
  /** Text alone when absent. */
  readonly can?: Capabilities;
  readonly delays?: Delays | undefined;
  /** Starts to take messages. @throws ChatOpsError when it cannot. */
  connect(): Promise<void>;
  /** Stops. Whoever talks to the bot this way is told so. */
  disconnect(): Promise<void>;
  /** Shows what the bot says. Resolves when the platform has taken it. */
  deliver(message: ChatMessage): void | Promise<void>;
  /** Changes a message that was shown: its text or blocks, its reactions, whether it is pinned or gone. */
  update?(message: ChatMessage, patch: MessagePatch): void | Promise<void>;
  /** Brings about something other than a message, such as a new room. */
  perform?(event: ChatEvent, place: Place): void | Promise<void>;
  /** Shows that the bot is at work in a room, or no longer. */
  typing?(room: string, active: boolean): void;
  /** Empties what people see of a room; what was said is kept. */
  clear?(room: string): void;
  /** The id of a room that people know by another name, such as `#general`. */
  lookupRoom?(name: string): string | undefined;
}
