import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Engine, LiveMatcherOf, RunResult } from '../../engine';
import { toErrorRecord } from '../../protocol';
import type { WebhookAnswer } from '../../skill/host';
import type { WebConfig } from '../config';
import { NOT_FOUND, pathOf, sendJson } from '../server';
import { HttpRefusal, readBody, requestData } from './request-body';
import type { SignatureCheck } from './signature-check';
import type { WebAccess } from './web-access';

/** Below here webhooks are called: the name of the skill follows, then the webhook's own path. */
export const WEBHOOK_PREFIX = '/skill/';

/** What webhooks need of the bot. */
export interface WebhookHost {
  readonly engine: Engine;
  /** False until the skills have been loaded for the first time, and once it stops. */
  isReady(): boolean;
  /** An option of a skill's section that holds a secret. */
  secretOf(skill: string, option: string): string | undefined;
  /** Told of each answer. */
  onAnswer(skill: string | undefined, status: number): void;
}

/** Headers that are the server's own to set. */
const OWN_HEADERS = new Set([
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade'
]);

/** Lets others call the webhooks of skills by POST. */
export class Webhooks {
  constructor(
    private readonly host: WebhookHost,
    private readonly config: WebConfig,
    private readonly access: WebAccess,
    private readonly signatures: SignatureCheck
  ) {}

  /** Answers a request below {@link WEBHOOK_PREFIX}. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const cors = this.access.corsHeaders(request, 'POST');
    const found = this.find(pathOf(request));
    let status = 500;
    let isKnown = false;
    try {
      if (request.method === 'OPTIONS') {
        response.writeHead(204, cors).end();
        return;
      }
      // The same for every path, so that strangers do not learn which webhooks there are.
      if (request.method !== 'POST') {
        throw new HttpRefusal(405, 'Webhooks are called with POST.', { allow: 'POST, OPTIONS' });
      }
      const answer = await this.call(request, found);
      isKnown = true;
      status = answer.status;
      response.writeHead(status, { ...cors, 'cache-control': 'no-store', ...answer.headers });
      response.end(answer.body);
    } catch (error) {
      if (!(error instanceof HttpRefusal)) {
        throw error;
      }
      status = error.status;
      isKnown = status !== 401;
      sendJson(response, status, { error: error.message }, { ...cors, ...error.headers });
    } finally {
      if (request.method === 'POST') {
        this.host.onAnswer(isKnown ? found?.skill : undefined, status);
      }
    }
  }

  private find(pathname: string): LiveMatcherOf<'webhook'> | undefined {
    const [skill, ...rest] = pathname.slice(WEBHOOK_PREFIX.length).replace(/\/$/, '').split('/');
    const path = rest.join('/');
    return this.host.engine.registry
      .matchersOf('webhook')
      .find(matcher => matcher.skill === skill && matcher.record.path === path);
  }

  private async call(
    request: IncomingMessage,
    matcher: LiveMatcherOf<'webhook'> | undefined
  ): Promise<WebhookAnswer> {
    const time = this.config.timeout * 1000;
    const body = await readBody(request, { bytes: this.config['body-limit'], time });
    this.checkCaller(request, matcher, body);
    if (!this.host.isReady()) {
      throw new HttpRefusal(503, 'The bot is not ready.', { 'retry-after': '5' });
    }
    if (!matcher) {
      throw new HttpRefusal(404, NOT_FOUND.error);
    }
    const event = { type: 'Webhook', data: requestData(request, body) };
    return toAnswer(matcher, await inTime(this.run(matcher, event), time));
  }

  /** @throws HttpRefusal 401, in the same words whether or not there is a webhook. */
  private checkCaller(
    request: IncomingMessage,
    matcher: LiveMatcherOf<'webhook'> | undefined,
    body: Buffer
  ): void {
    const rule = matcher?.record.signature;
    const secret = rule && this.host.secretOf(matcher.skill, rule.secret);
    const isAllowed = rule
      ? secret !== undefined && this.signatures.accepts(rule, secret, request.headers, body)
      : this.access.mayCall(request);
    if (!isAllowed) {
      throw new HttpRefusal(401, 'Prove who you are: with a token, or with a signature.', {
        'www-authenticate': 'Bearer'
      });
    }
  }

  private async run(
    matcher: LiveMatcherOf<'webhook'>,
    event: { type: string; data: Record<string, unknown> }
  ): Promise<RunResult> {
    try {
      return await this.host.engine.callWebhook(matcher, event);
    } catch (error) {
      const { code } = toErrorRecord(error);
      if (code === 'CHATOPS_ROOM_BUSY') {
        throw new HttpRefusal(503, 'Too many calls are waiting already.', { 'retry-after': '5' });
      }
      throw error;
    }
  }
}

function toAnswer({ skill, record }: LiveMatcherOf<'webhook'>, result: RunResult): WebhookAnswer {
  if (result.outcome !== 'answered') {
    const { code } = result.error;
    const isLate = code === 'CHATOPS_SKILL_TIMEOUT' || code === 'CHATOPS_SKILL_BLOCKED';
    const error = isLate
      ? `The skill ${skill} did not finish in time.`
      : `The skill ${skill} failed.`;
    return json(isLate ? 504 : 500, { error, skill, code });
  }
  const answer = result.value as WebhookAnswer | undefined;
  // What opsdroid answers for a skill that answers nothing.
  return answer
    ? { ...answer, headers: allowed(answer.headers) }
    : json(200, { called_skill: record.path });
}

function json(status: number, value: unknown): WebhookAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value)
  };
}

function allowed(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()))
  );
}

/** The run goes on; only the caller does not wait any longer. */
async function inTime<T>(result: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new HttpRefusal(504, 'The skill did not answer in time; it is still at work.')),
      milliseconds
    );
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
    result.catch(() => undefined);
  }
}
