import type { Engine, LiveMatcherOf, RunResult } from '../engine';
import type { WebhookAnswer as SkillAnswer } from '../skill/host';
import type { WebhookAnswer, WebhookCall } from './api';
import { failure } from './report';

/**
 * The webhook that a test means.
 *
 * @throws AssertionError when there is none.
 */
export function findWebhook(
  { registry }: Engine,
  path: string,
  skill: string | undefined
): LiveMatcherOf<'webhook'> {
  const hooks = registry.matchersOf('webhook');
  const matcher = hooks.find(
    each => each.record.path === path && (skill === undefined || each.skill === skill)
  );
  if (!matcher) {
    const known = hooks.map(each => `${each.skill}/${each.record.path}`);
    const there = known.length > 0 ? `are ${known.join(', ')}` : 'are none';
    throw failure(`There is no webhook \`${path}\`; there ${there}.`, known, path);
  }
  return matcher;
}

/** What is posted, as the event that the bot's web server makes of it. */
export function webhookEvent({ json, body, headers = {}, query = {} }: WebhookCall): {
  type: string;
  data: Record<string, unknown>;
} {
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    type: 'Webhook',
    data: {
      method: 'POST',
      headers: {
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(Object.fromEntries(given) as Record<string, string>)
      },
      query: { ...query },
      body: json === undefined ? (body ?? '') : JSON.stringify(json)
    }
  };
}

/** What the caller gets, as the bot's web server answers. */
export function webhookAnswer(
  { skill, record }: LiveMatcherOf<'webhook'>,
  result: RunResult
): WebhookAnswer {
  if (result.outcome !== 'answered') {
    const { code } = result.error;
    return answerOf(500, { error: `The skill ${skill} failed.`, skill, code });
  }
  const answer = result.value as SkillAnswer | undefined;
  return answer
    ? { ...answer, json: () => JSON.parse(answer.body) as unknown }
    : answerOf(200, { called_skill: record.path });
}

function answerOf(status: number, value: unknown): WebhookAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
    json: () => value
  };
}
