import { Crontab } from '../../engine';
import { DEFAULT_SCORE_FACTOR } from '../../protocol';
import type { CrontabOptions, Handler, Matched, WebhookOptions } from '../api';
import { isObject, kindOf, text, wrongCall, type Usage } from './checks';
import { matchBy } from './declare';

const CRONTAB: Usage = { name: 'matchCrontab', example: "'0 9 * * mon-fri'" };
const WEBHOOK: Usage = { name: 'matchWebhook', example: "'deployed'" };

/** How old a signed call may be, in seconds; what Slack and Stripe advise. */
const DEFAULT_TOLERANCE = 300;

/**
 * Calls a handler at the times of a schedule. It has no room and nobody asked, so `message.respond`
 * speaks in the default room of the first connector.
 *
 * @param schedule - five fields as in crontab(5): minute, hour, day of the month, month, day of the
 * week. Names, `7` for Sunday, `start/step` and ranges such as `22-2` are understood.
 * @throws ChatOpsError `CHATOPS_MATCHER_ARGUMENT`, `CHATOPS_MATCHER_HANDLER` or
 * `CHATOPS_MATCHER_CRONTAB`.
 *
 * @example
 * ```ts
 * export const standup = matchCrontab('0 9 * * mon-fri', { timezone: 'Europe/London' }, async (bot, config) => {
 *   await bot.send('Stand-up!', { room: '#team' });
 * });
 * ```
 */
export function matchCrontab(schedule: string, handler: Handler | Matched): Matched;
export function matchCrontab(
  schedule: string,
  options: CrontabOptions,
  handler: Handler | Matched
): Matched;
export function matchCrontab(schedule: string, ...rest: unknown[]): Matched {
  if (typeof schedule !== 'string') {
    throw wrongCall(CRONTAB, `needs a schedule as its first argument; it got ${kindOf(schedule)}`);
  }
  return matchBy<CrontabOptions>(
    {
      ...CRONTAB,
      rules: { timezone: text, description: text },
      declare: ({ timezone, description }) => {
        const record = { schedule, ...(timezone !== undefined && { timezone }) };
        Crontab.parse(record);
        return {
          kind: 'crontab',
          ...record,
          scoreFactor: DEFAULT_SCORE_FACTOR,
          ...(description !== undefined && { description })
        };
      }
    },
    rest
  );
}

/**
 * Calls a handler when someone posts to `/skill/<skill>/<path>` on the bot's web server. What it
 * returns is the answer: a text, an object as JSON, or `{ status, headers, body }`.
 *
 * @throws ChatOpsError `CHATOPS_MATCHER_ARGUMENT` or `CHATOPS_MATCHER_HANDLER`.
 *
 * @example
 * ```ts
 * export const deployed = matchWebhook('deployed', async (bot, config, message) => {
 *   const { service } = message.request.json();
 *   await bot.send(`${service} is live.`, { room: '#ops' });
 *   return { ok: true };
 * });
 * ```
 */
export function matchWebhook(path: string, handler: Handler | Matched): Matched;
export function matchWebhook(
  path: string,
  options: WebhookOptions,
  handler: Handler | Matched
): Matched;
export function matchWebhook(path: string, ...rest: unknown[]): Matched {
  if (typeof path !== 'string' || !/^[\w./-]+$/.test(path)) {
    throw wrongCall(
      WEBHOOK,
      `needs a path of letters, digits, \`-\`, \`_\`, \`.\` and \`/\`; it got ${kindOf(path)}`
    );
  }
  return matchBy<WebhookOptions>(
    {
      ...WEBHOOK,
      rules: {
        description: text,
        signature: [
          'an object with `header` and `secret`, and a `signed` that holds {body}, and {timestamp} when that is named',
          isSignature
        ]
      },
      declare: ({ description, signature }) => ({
        kind: 'webhook',
        path: path.replace(/^\/+|\/+$/g, ''),
        scoreFactor: DEFAULT_SCORE_FACTOR,
        ...(description !== undefined && { description }),
        ...(signature && {
          signature: {
            header: signature.header.toLowerCase(),
            algorithm: signature.algorithm ?? 'sha256',
            prefix: signature.prefix ?? '',
            encoding: signature.encoding ?? 'hex',
            secret: signature.secret,
            ...(signature.timestamp !== undefined && {
              timestamp: {
                header: signature.timestamp.toLowerCase(),
                tolerance: signature.tolerance ?? DEFAULT_TOLERANCE
              }
            }),
            ...(signature.signed !== undefined && { signed: signature.signed })
          }
        })
      })
    },
    rest
  );
}

/** A time that is not signed proves nothing, and one that nobody reads neither. */
function isSignature(value: unknown): boolean {
  if (!isObject(value) || typeof value.header !== 'string' || typeof value.secret !== 'string') {
    return false;
  }
  const { algorithm = 'sha256', encoding = 'hex', timestamp, tolerance = 1, signed } = value;
  const hasTime = timestamp !== undefined;
  const isSignedRight =
    signed === undefined ||
    (typeof signed === 'string' &&
      signed.includes('{body}') &&
      signed.includes('{timestamp}') === hasTime);
  return (
    ['sha1', 'sha256', 'sha512'].includes(String(algorithm)) &&
    ['hex', 'base64'].includes(String(encoding)) &&
    (!hasTime || typeof timestamp === 'string') &&
    typeof tolerance === 'number' &&
    tolerance > 0 &&
    isSignedRight
  );
}
