import type {
  Block,
  Button,
  ChatEvent,
  Entity,
  MessagePatch,
  SkillRecord,
  User
} from '../protocol';
import type { Place } from './journal';
import type { MemoryScope, StoredValue } from './memory';

/** What is said: text, or parts that are more than text. */
export interface HostContent {
  text: string;
  blocks?: Block[];
}

/** An event that a skill brings about. */
export interface OutgoingEvent extends ChatEvent, HostContent {
  entities?: Record<string, Entity>;
}

/** What a skill may ask of its host, as data that can cross a thread or a wire. */
export type HostRequest =
  | {
      method: 'say';
      /** The default connector and its default room when absent. */
      place: Partial<Place>;
      content: HostContent;
      /** The message it answers. */
      answers?: number;
      thread?: number;
      /** More will come, by `update`. */
      streaming?: boolean;
    }
  /** `edit` says that people shall see that it was changed. */
  | { method: 'update'; seq: number; patch: MessagePatch; edit?: boolean }
  | { method: 'react'; seq: number; emoji: string; active: boolean }
  | { method: 'typing'; place: Place; active: boolean }
  /** Brings an event about on a connector. */
  | { method: 'send'; place: Partial<Place>; event: OutgoingEvent }
  /** Lets an event come in, as if a connector had brought it. */
  | { method: 'fire'; place: Partial<Place>; event: OutgoingEvent; user?: User }
  | {
      method: 'ask';
      kind: 'ask' | 'confirm' | 'choose';
      content: HostContent;
      place: Place;
      user: User;
      answers?: number;
      thread?: number;
      choices?: Button[];
      /** In milliseconds. */
      timeout: number;
      cancelWords?: string[];
    }
  | { method: 'memory.get'; scope: MemoryScope; key: string }
  | {
      method: 'memory.put';
      scope: MemoryScope;
      key: string;
      value: string;
      /** How long it is kept, in milliseconds. */
      ttl?: number;
      expected?: number;
    }
  | { method: 'memory.delete'; scope: MemoryScope; key: string; expected?: number }
  | { method: 'memory.list'; scope: MemoryScope; prefix?: string; limit?: number }
  | { method: 'skills' };

/** The answer to each {@link HostRequest}. */
export interface HostAnswers {
  /** The message's place in the journal. */
  say: number;
  update: undefined;
  /** False when the connector cannot show it. */
  react: boolean;
  typing: undefined;
  send: number | undefined;
  fire: number;
  ask: string | boolean;
  'memory.get': StoredValue | undefined;
  'memory.put': number | undefined;
  'memory.delete': boolean;
  'memory.list': string[];
  skills: SkillRecord[];
}
