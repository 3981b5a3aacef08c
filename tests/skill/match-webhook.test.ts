import { describe, expect, test } from 'vitest';
import type { ChatOpsError } from '../../src/protocol';
import { matchWebhook, type Matched } from '../../src/skill';
import type { MatchedSkill } from '../../src/skill/host';

const handler = (): void => undefined;

function declared(matched: Matched): Record<string, unknown> {
  const { declared: _, ...rest } = (matched as MatchedSkill).matchers[0]!;
  return rest;
}

test('a path is taken without slashes at its ends', () => {
  expect(declared(matchWebhook('/a/b/', handler))).toMatchObject({ kind: 'webhook', path: 'a/b' });
});

describe('a signature', () => {
  test('is by HMAC with SHA-256 in hex, unless said otherwise', () => {
    const signature = { header: 'X-Hub-Signature-256', secret: 'github' };
    expect(declared(matchWebhook('x', { signature }, handler)).signature).toEqual({
      header: 'x-hub-signature-256',
      algorithm: 'sha256',
      prefix: '',
      encoding: 'hex',
      secret: 'github'
    });
  });

  test('may hold the time of the call', () => {
    const signature = {
      header: 'X-Slack-Signature',
      secret: 'slack',
      timestamp: 'X-Slack-Request-Timestamp',
      signed: 'v0:{timestamp}:{body}'
    };
    expect(declared(matchWebhook('x', { signature }, handler)).signature).toMatchObject({
      timestamp: { header: 'x-slack-request-timestamp', tolerance: 300 },
      signed: 'v0:{timestamp}:{body}'
    });
  });

  test.each([
    ['a time that is not signed', { timestamp: 'x-time', signed: 'v0:{body}' }],
    ['a time that nobody names', { signed: '{timestamp}.{body}' }],
    ['a body that is not signed', { signed: 'x' }],
    ['a tolerance that lets nothing in', { timestamp: 'x-time', tolerance: 0 }],
    ['an unknown algorithm', { algorithm: 'md5' }],
    ['no header', { header: undefined }]
  ])('is refused with %s', (_, options) => {
    const signature = { header: 'x-s', secret: 's', ...options } as never;
    let code: string | undefined;
    try {
      matchWebhook('x', { signature }, handler);
    } catch (error) {
      ({ code } = error as ChatOpsError);
    }
    expect(code).toBe('CHATOPS_MATCHER_ARGUMENT');
  });
});
