/**
 * What it takes to run skills, for the bot and for every other host.
 *
 * @packageDocumentation
 */
export { callHandler } from './handler';
export { MatchedSkill, type MatcherDeclaration } from './matched-skill';
export { SkillMessage, type MessageHost } from './skill-message';
