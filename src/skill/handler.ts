import type { Bot, SkillConfig } from './bot';
import type { Message } from './message';

/** The full form of a handler: the bot, this skill's section of the configuration, the message. */
export type FullHandler = (bot: Bot, config: SkillConfig, message: Message) => unknown;

/** The short form of a handler: the message alone. */
export type ShortHandler = (message: Message) => unknown;

/** What is called when a message matches. May be asynchronous; what it returns is not used. */
export type Handler = FullHandler | ShortHandler;

/** Prepares a skill when it is loaded, before it takes messages. */
export type Setup = (bot: Bot, config: SkillConfig) => unknown;

/** Calls a handler in the form it was written in: one that names at most one parameter gets the message. */
export async function callHandler(
  handler: Handler,
  bot: Bot,
  config: SkillConfig,
  message: Message
): Promise<void> {
  await (handler.length > 1
    ? (handler as FullHandler)(bot, config, message)
    : (handler as ShortHandler)(message));
}
