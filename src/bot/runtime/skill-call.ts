import type { Consultation, Invocation } from '../../engine';
import { describeThrown, type SourceRegistry } from '../../loader';
import { ChatOpsError, chatOpsError, type ErrorRecord } from '../../protocol';
import {
  callHandler,
  toEntities,
  toWebhookAnswer,
  type RegisteredMatcher,
  type SkillMessage
} from '../../skill/host';
import { unreachable } from './outbound-fetch';
import type { SkillLoad } from './skill-load';

/**
 * Calls a matcher's handler, or a function of its command record.
 *
 * @returns what a webhook answers, or what was asked, as data; else nothing.
 */
export async function callMatcher(
  { bot, config }: Pick<SkillLoad, 'bot' | 'config'>,
  matcher: RegisteredMatcher,
  invocation: Invocation,
  message: SkillMessage,
  question?: Consultation
): Promise<unknown> {
  if (question) {
    return consult(matcher, question, invocation, message);
  }
  const value = await callHandler(matcher.handler, bot, config, message);
  return matcher.record.kind === 'webhook' ? toWebhookAnswer(value) : undefined;
}

/** What a handler threw, as an error that names the author's line. */
export function callFailure(skill: string, thrown: unknown, sources: SourceRegistry): ErrorRecord {
  const context = sources.contextOf(thrown);
  if (thrown instanceof ChatOpsError) {
    const { where, excerpt, stack } = context;
    return thrown.record.where
      ? thrown.record
      : { ...thrown.record, ...(where && { where, excerpt, stack }) };
  }
  const failed = unreachable(thrown);
  return failed
    ? chatOpsError('CHATOPS_SKILL_UNREACHABLE', { name: skill, ...failed }, context).record
    : chatOpsError('CHATOPS_SKILL_FAILED', { name: skill, reason: describeThrown(thrown) }, context)
        .record;
}

/** Asks a function of the command record. What is neither a text nor true or false says nothing. */
async function consult(
  { functions }: RegisteredMatcher,
  question: Consultation,
  { captures, spans, entities = {} }: Invocation,
  message: SkillMessage
): Promise<string | boolean | undefined> {
  const ask = question.about === 'confirm' ? functions.confirm : functions.roles?.[question.role];
  const answer = await ask?.(toEntities(captures, spans.length, entities), message);
  return typeof answer === 'string' || typeof answer === 'boolean' ? answer : undefined;
}
