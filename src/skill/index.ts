/**
 * The module `chatops`: what a skill imports.
 *
 * @packageDocumentation
 */
export type { Bot, Log, SkillConfig } from './bot';
export type { FullHandler, Handler, Setup, ShortHandler } from './handler';
export { MatchedSkill, type MatcherDeclaration } from './matched-skill';
export { matchRegex, type MatchOptions } from './match-regex';
export { Message, type Match } from './message';
