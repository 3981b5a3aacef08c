/**
 * The types of what runs skills. The kernel itself never imports that code: it is a bundle beside the
 * kernel's own, and loaded when a cell first answers the chat.
 */
import type * as host from '../../skill/host';
import type * as module from '../../skill/module';

/** The module `chatops`, with what a host of skills needs besides. */
export type SkillModule = typeof module;

/** Asks the bot for something on behalf of a handler. */
export type AskHost = host.AskHost;

/** What may be asked for. */
export type HostRequest = Parameters<AskHost>[0];

/** What a handler is called for. */
export type Invocation = ConstructorParameters<typeof host.SkillMessage>[0] & { matcher: string };

/** What a function of a command record is asked. */
export type Consultation = { about: 'confirm' } | { about: 'role'; role: string };

/** A handler with its matchers. */
export type MatchedSkill = InstanceType<typeof host.MatchedSkill>;

/** A matcher of a cell with its functions. */
export type RegisteredMatcher = host.RegisteredMatcher;

/** The bot as handlers have it. */
export type SkillBot = host.SkillBot;
