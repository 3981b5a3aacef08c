import type { Content, Sent } from './content';
import type { BotMemory } from './memory';

/** Writes to the bot's log and to the trace of the message at hand. */
export interface Log {
  debug(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
}

/** A matcher of a skill, as another one may see it. */
export interface MatcherInfo {
  readonly id: string;
  readonly kind: string;
  readonly description?: string | undefined;
  readonly examples?: readonly string[] | undefined;
}

/** A skill of the bot, as another one may see it. */
export interface SkillInfo {
  readonly name: string;
  /** `error` for one that never loaded. */
  readonly state: 'live' | 'error' | 'held';
  readonly version: number;
  readonly matchers: readonly MatcherInfo[];
}

/** Where something is said. */
export interface Target {
  /** The first of the configuration when absent. */
  connector?: string;
  /** The connector's default room when absent. */
  room?: string;
  /** The `seq` of the message whose thread it belongs to. */
  thread?: number;
}

/** An event that can be sent or fired; made by the classes of `events`, or by one of your own. */
export interface OutgoingEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly text?: string;
  readonly target?: number;
}

/** The bot. */
export interface Bot {
  /** What the bot is called in rooms. */
  readonly name: string;
  /** The version of ChatOps. */
  readonly version: string;
  /** The bot's folder, as an absolute path. */
  readonly workspace: string;
  readonly log: Log;
  readonly memory: BotMemory;
  /** The skills that are live or would not load. */
  skills(): Promise<readonly SkillInfo[]>;
  /**
   * Says something, or brings an event about, without being asked.
   *
   * @returns what was said, to be changed later; nothing for other events.
   *
   * @example
   * ```ts
   * await bot.send('The backup is done.', { connector: 'slack', room: '#ops' });
   * ```
   */
  send(content: OutgoingEvent, target?: Target): Promise<Sent | undefined>;
  send(content: Content, target?: Target): Promise<Sent>;
  /** Lets an event come in as if a connector had brought it: skills that match it are called. */
  fire(event: OutgoingEvent, target?: Target): Promise<void>;
}

/** This skill's section of the configuration, with everything the author put there. */
export interface SkillConfig {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** What a value of a skill's section of the configuration must be. */
export interface ConfigRule {
  type?: 'string' | 'number' | 'boolean' | 'list' | 'mapping';
  /** True for one that must be there, unless it has a default. */
  required?: boolean;
  /** What it is when the section does not say. */
  default?: unknown;
  /** The only values it may have. */
  choices?: readonly unknown[];
  description?: string;
}

/**
 * What a skill says about its section of the configuration: what it exports as `configSchema`.
 *
 * @example
 * ```ts
 * export const configSchema = { city: { type: 'string', default: 'London' } };
 * ```
 */
export type ConfigSchema = Readonly<Record<string, ConfigRule>>;
