import type { SkillRecord } from '../protocol';

/** Writes to the bot's log and to the trace of the message at hand. */
export interface Log {
  debug(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
}

/** The bot, as a skill sees it. */
export interface Bot {
  /** What the bot is called in rooms. */
  readonly name: string;
  /** The version of ChatOps. */
  readonly version: string;
  /** The bot's folder, as an absolute path. */
  readonly workspace: string;
  readonly log: Log;
  /** The skills that are live or would not load. */
  skills(): Promise<SkillRecord[]>;
}

/** This skill's section of the configuration, with everything the author put there. */
export interface SkillConfig {
  readonly name: string;
  readonly [key: string]: unknown;
}
