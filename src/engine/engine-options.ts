import type { ChatMessage, ErrorRecord, User } from '../protocol';
import type { Clock } from './clock';
import type { Journal } from './journal';
import type { GuardedMatcher } from './matching';
import type { MemoryStore } from './memory';
import type { SkillRegistry } from './skill-registry';

/** What an engine is made of. */
export interface EngineOptions {
  registry: SkillRegistry;
  journal: Journal;
  guard: GuardedMatcher;
  clock: Clock;
  /** The bot as it appears in rooms. */
  bot: User;
  /** What skills remember with; a store that ends with the process when absent. */
  memory?: MemoryStore;
  /** Takes secrets out of whatever is about to be said or kept. */
  mask?: <T>(value: T) => T;
  /** A number from 0 up to and without 1. */
  random?: () => number;
  /** Told of what goes wrong outside of any message: a language service that does not answer. */
  onTrouble?: (error: ErrorRecord) => void;
}

/** What is settled by the configuration and may change while the engine runs. */
export interface EngineSettings {
  /** Which people hold which roles, by their stable ids. */
  roles: Readonly<Record<string, readonly string[]>>;
  /** The zone of schedules that name none; an IANA name. */
  timezone: string;
  /** The language people write in, such as `en`. */
  language: string;
  /** The least score that counts, by the configuration's name of the parser. */
  minScores: ReadonlyMap<string, number>;
  /** What is switched off, by the same names. */
  disabledParsers?: ReadonlySet<string>;
  /** The connector that is meant when none is named; the first that was added when absent. */
  defaultConnector?: string | undefined;
}

/** What happens to a message that was taken in. */
export interface Receipt {
  message: ChatMessage;
  /** True when it had been taken before; nothing more comes of it now. */
  duplicate: boolean;
}
