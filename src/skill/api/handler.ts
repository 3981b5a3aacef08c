import type { Bot, SkillConfig } from './bot';
import type { Message } from './message';

/** The full form of a handler: the bot, this skill's section of the configuration, the message. */
export type FullHandler = (bot: Bot, config: SkillConfig, message: Message) => unknown;

/** The short form of a handler: the message alone. TypeScript wants its type named: `(message: Message) => …`. */
export type ShortHandler = (message: Message) => unknown;

/**
 * What is called when a message matches. May be asynchronous. What it returns is used by webhooks
 * alone, as the answer to the caller.
 */
export type Handler = FullHandler | ShortHandler;

/** Prepares a skill when it is loaded, before it takes messages: what a skill exports as `setup`. */
export type Setup = (bot: Bot, config: SkillConfig) => unknown;

/** A handler with the matchers that call it: what a skill's file exports. */
export interface Matched {
  readonly handler: Handler;
}
