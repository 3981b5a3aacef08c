import type { Bot, FullHandler, Handler, Message, ShortHandler, SkillConfig } from './api';

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
