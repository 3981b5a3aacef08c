import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SignatureCheck, type SignatureRule } from '../../../src/bot/web/signature-check';

const github: SignatureRule = {
  header: 'x-hub-signature-256',
  algorithm: 'sha256',
  prefix: 'sha256=',
  encoding: 'hex',
  secret: 'github-secret'
};

const slack: SignatureRule = {
  header: 'x-slack-signature',
  algorithm: 'sha256',
  prefix: 'v0=',
  encoding: 'hex',
  secret: 'slack-secret',
  timestamp: { header: 'x-slack-request-timestamp', tolerance: 300 },
  signed: 'v0:{timestamp}:{body}'
};

describe("GitHub's own example", () => {
  // Source: https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
  const secret = "It's a Secret to Everybody";
  const body = Buffer.from('Hello, World!');
  const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
  const check = new SignatureCheck(() => 0);

  test('is accepted, as often as it comes', () => {
    const headers = { 'x-hub-signature-256': signature };
    expect(check.accepts(github, secret, headers, body)).toBe(true);
    expect(check.accepts(github, secret, headers, body)).toBe(true);
  });

  test.each([
    ['another body', signature, 'Hello, World?'],
    ['no signature', undefined, 'Hello, World!'],
    ['an empty one', '', 'Hello, World!'],
    ['one without its prefix', signature.slice(7), 'Hello, World!'],
    ['one that is cut off', signature.slice(0, -2), 'Hello, World!'],
    ['one with more behind it', `${signature}00`, 'Hello, World!']
  ])('is refused with %s', (_, given, text) => {
    const headers = given === undefined ? {} : { 'x-hub-signature-256': given };
    expect(check.accepts(github, secret, headers, Buffer.from(text))).toBe(false);
  });
});

describe("Slack's own example", () => {
  // Source: https://api.slack.com/authentication/verifying-requests-from-slack
  const secret = '8f742231b10e8888abcd99yyyzzz85a5';
  const body = Buffer.from(
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
  );
  const headers = {
    'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    'x-slack-request-timestamp': '1531420618'
  };
  const then = 1531420618_000;

  test('is accepted once', () => {
    const check = new SignatureCheck(() => then + 1000);
    expect(check.accepts(slack, secret, headers, body)).toBe(true);
    expect(check.accepts(slack, secret, headers, body)).toBe(false);
  });

  test.each([
    ['too old', 301_000],
    ['of the future', -301_000]
  ])('is refused when it is %s', (_, later) => {
    expect(new SignatureCheck(() => then + later).accepts(slack, secret, headers, body)).toBe(
      false
    );
  });

  test('is refused with another time', () => {
    const other = { ...headers, 'x-slack-request-timestamp': '1531420619' };
    expect(new SignatureCheck(() => then).accepts(slack, secret, other, body)).toBe(false);
  });
});

test.each(['2026-01-02T03:04:05Z', '1767323045', '1767323045000'])(
  'a time may be written as %s',
  time => {
    const rule: SignatureRule = {
      header: 'signature',
      algorithm: 'sha512',
      prefix: '',
      encoding: 'base64',
      secret: 's',
      timestamp: { header: 'date', tolerance: 10 }
    };
    const signature = createHmac('sha512', 'key').update(`${time}.body`).digest('base64');
    const check = new SignatureCheck(() => Date.UTC(2026, 0, 2, 3, 4, 5));
    expect(check.accepts(rule, 'key', { signature, date: time }, Buffer.from('body'))).toBe(true);
  }
);
