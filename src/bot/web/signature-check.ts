import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { MatcherRecordOf } from '../../protocol';
import { isSameSecret } from './web-access';

/** How a webhook wants to be signed. */
export type SignatureRule = NonNullable<MatcherRecordOf<'webhook'>['signature']>;

/** Checks the signatures of webhooks, as GitHub, Slack, Stripe and others make them: by HMAC. */
export class SignatureCheck {
  /** Signatures that were accepted, until when their time stamp is too old anyway. */
  private readonly used = new Map<string, number>();

  /** @param now - milliseconds since 1970. */
  constructor(private readonly now: () => number) {}

  /**
   * Whether a body was signed by someone who knows the secret. Where the rule names a header with the
   * time, it must be signed too and be recent, and the same request is not accepted twice.
   */
  accepts(
    rule: SignatureRule,
    secret: string,
    headers: IncomingHttpHeaders,
    body: Buffer
  ): boolean {
    const given = String(headers[rule.header] ?? '');
    const time = rule.timestamp && String(headers[rule.timestamp.header] ?? '');
    const expected =
      rule.prefix +
      createHmac(rule.algorithm, secret)
        .update(
          signedBytes(
            rule.signed ?? (time === undefined ? '{body}' : '{timestamp}.{body}'),
            time ?? '',
            body
          )
        )
        .digest(rule.encoding);
    const isHex = rule.encoding === 'hex';
    if (
      !isSameSecret(isHex ? given.toLowerCase() : given, isHex ? expected.toLowerCase() : expected)
    ) {
      return false;
    }
    return time === undefined || this.isFirst(expected, readTime(time), rule.timestamp!.tolerance);
  }

  private isFirst(signature: string, time: number, tolerance: number): boolean {
    const now = this.now();
    for (const [old, until] of this.used) {
      if (until < now) {
        this.used.delete(old);
      }
    }
    if (!(Math.abs(now - time) <= tolerance * 1000) || this.used.has(signature)) {
      return false;
    }
    this.used.set(signature, time + tolerance * 1000);
    return true;
  }
}

/** What is signed: a template in which the time and the body stand for themselves. */
function signedBytes(template: string, time: string, body: Buffer): Buffer {
  const parts = template.split(/(\{body\}|\{timestamp\})/);
  return Buffer.concat(
    parts.map(part =>
      part === '{body}' ? body : Buffer.from(part === '{timestamp}' ? time : part)
    )
  );
}

/** A time in milliseconds since 1970: written so, or in seconds, or as a date. */
function readTime(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) {
    return Date.parse(text);
  }
  const value = Number(text);
  return value > 1e11 ? value : value * 1000;
}
