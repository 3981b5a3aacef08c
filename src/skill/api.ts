/**
 * What a skill author works with. This file imports nothing, so that an editor needs no other one
 * to know the module `chatops`.
 */

/** What a pattern caught, in the form of JavaScript's own match result. */
export interface Match extends Array<string | undefined> {
  /** Where the match begins in the text. */
  index: number;
  /** The whole text. */
  input: string;
  /** What the named groups caught; undefined for one that took no part. */
  groups: Record<string, string | undefined>;
}

/** What a person said. */
export interface Message {
  /** What was said. */
  readonly text: string;
  /** What the person is called. */
  readonly user: string;
  /** Who the person is, whatever they are called. */
  readonly userId: string;
  readonly room: string;
  /** The name of the connector it came in by. */
  readonly connector: string;
  /** Its place in the bot's journal. */
  readonly seq: number;
  /** When the bot took it. */
  readonly time: Date;
  /**
   * What the pattern matched: `match[0]` is the whole, `match[1]` the first group,
   * `match.groups.name` a named one. With the condition `findall` this is the first place;
   * {@link matches} has them all.
   */
  readonly match: Match;
  /** Every place that matched. */
  readonly matches: readonly Match[];
  /** Aborted when the run is stopped; hand it to whatever takes a signal. `fetch` has it already. */
  readonly signal: AbortSignal;
  /**
   * Answers in the room of the message.
   *
   * @param text - what to say; anything that is not a text is shown as JSON.
   *
   * @example
   * ```ts
   * await message.respond(`Hi ${message.user}`);
   * ```
   */
  respond(text: unknown): Promise<void>;
}

/** Writes to the bot's log and to the trace of the message at hand. */
export interface Log {
  debug(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
}

/** A skill of the bot, as another one may see it. */
export interface SkillInfo {
  readonly name: string;
  /** `error` for one that never loaded. */
  readonly state: 'live' | 'error';
  readonly version: number;
  readonly matchers: readonly {
    readonly pattern: string;
    readonly flags: string;
    readonly description?: string;
    readonly examples?: readonly string[];
  }[];
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
  /** The skills that are live or would not load. */
  skills(): Promise<readonly SkillInfo[]>;
}

/** This skill's section of the configuration, with everything the author put there. */
export interface SkillConfig {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** The full form of a handler: the bot, this skill's section of the configuration, the message. */
export type FullHandler = (bot: Bot, config: SkillConfig, message: Message) => unknown;

/** The short form of a handler: the message alone. TypeScript wants its type named: `(message: Message) => …`. */
export type ShortHandler = (message: Message) => unknown;

/** What is called when a message matches. May be asynchronous; what it returns is not used. */
export type Handler = FullHandler | ShortHandler;

/** Prepares a skill when it is loaded, before it takes messages: what a skill exports as `setup`. */
export type Setup = (bot: Bot, config: SkillConfig) => unknown;

/** What may be said about a matcher besides its pattern. */
export interface MatchOptions {
  /**
   * How the pattern is held against the text: `search` anywhere in it (the default), `match` from
   * its start, `fullmatch` the whole of it, `findall` every place in it.
   */
  matchingCondition?: 'search' | 'match' | 'fullmatch' | 'findall';
  /** False to ignore the difference between capitals and small letters. */
  caseSensitive?: boolean;
  /** What the score is multiplied with when several skills match: 0.6 unless said otherwise. */
  scoreFactor?: number;
  /** What it is for, in a sentence that `help` shows. */
  description?: string;
  /** Sentences that it matches, for `help` and for tests. */
  examples?: readonly string[];
}

/** A handler with the matchers that call it: what a skill's file exports. */
export interface Matched {
  readonly handler: Handler;
}

/**
 * Calls a handler when a message matches a regular expression.
 *
 * @param pattern - a regular expression, or its source as a text. It is looked for anywhere in the
 * message, and capitals count, unless the options say otherwise.
 * @param handler - called with `(bot, config, message)`, or with `(message)` when it names only one
 * parameter. Another matcher may stand in its place; then each of them calls the inner handler.
 * @returns what the skill's file must export.
 *
 * @example
 * ```ts
 * import { matchRegex } from 'chatops';
 *
 * export const hello = matchRegex(/^(hi|hello)$/, async (bot, config, message) => {
 *   await message.respond(`Hi ${message.user}`);
 * });
 * ```
 */
export interface MatchRegex {
  (pattern: RegExp | string, handler: Handler | Matched): Matched;
  (pattern: RegExp | string, options: MatchOptions, handler: Handler | Matched): Matched;
}
