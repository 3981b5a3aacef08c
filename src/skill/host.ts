/**
 * What it takes to run skills, for the bot and for every other host.
 *
 * @packageDocumentation
 */
export { applyConfigSchema } from './config-schema';
export { callHandler } from './handler';
export {
  MatchedSkill,
  registerMatchers,
  type MatcherDeclaration,
  type RecordFunction,
  type RecordFunctions,
  type RegisteredMatcher
} from './matched-skill';
export { toEntities } from './messages/match-result';
export { SkillMessage, type MessageHost, type Seen } from './messages/skill-message';
export { SkillBot, type BotHost } from './skill-bot';
export { SkillBotMemory, type AskHost } from './skill-memory';
export { toWebhookAnswer, type WebhookAnswer } from './webhook-answer';
