import type { Bot, FullHandler, Handler, Message, ShortHandler, SkillConfig } from './api';

/**
 * Calls a handler in the form it was written in: one that names at most one parameter gets the message.
 *
 * @returns what the handler returned.
 */
export async function callHandler(
  handler: Handler,
  bot: Bot,
  config: SkillConfig,
  message: Message
): Promise<unknown> {
  return await (handler.length > 1
    ? (handler as FullHandler)(bot, config, message)
    : (handler as ShortHandler)(message));
}
