import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Bot } from '../../../src/bot/bot';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';

beforeEach(isolateEndpoints);

const TOKEN = 'a-token-of-the-bot';

const HOOKS = `import { matchWebhook, matchRegex } from 'chatops';
export const silent = matchWebhook('silent', async () => {});
export const text = matchWebhook('text', () => 'custom response');
export const json = matchWebhook('json', () => ({ ok: true }));
export const full = matchWebhook('a/b', () => ({
  status: 201,
  headers: { 'X-Made': 'yes', 'Content-Length': '1', 'content-type': 'text/csv' },
  body: 'a,b'
}));
export const seen = matchWebhook('seen', (bot, config, { request, user, room }) => ({
  method: request.method,
  headers: request.headers,
  query: request.query,
  body: request.body,
  bytes: [...request.bytes()].slice(0, 4),
  room
}));
export const posted = matchWebhook('posted', (bot, config, { request }) =>
  request.headers['content-type'].includes('json') ? { json: request.json() } : { form: request.form() });
export const says = matchWebhook('says', async (bot, config, message) => {
  await bot.send('It is live.', { connector: 'panel', room: 'general' });
});
export const fails = matchWebhook('fails', () => { throw new Error('secret detail'); });
export const slow = matchWebhook('slow', () => new Promise(() => {}));
export const signed = matchWebhook('signed', { signature: {
  header: 'X-Hub-Signature-256', prefix: 'sha256=', secret: 'github' } }, () => 'signed');
export const keyless = matchWebhook('keyless', { signature: { header: 'X-S', secret: 'missing' } }, () => 'never');
`;

async function start(web = `  token: ${TOKEN}\n`, skill = ''): Promise<Called> {
  const { bot, workspace, endpoint } = await startBot({
    'configuration.yaml': `web:\n  port: 0\n${web}skills:\n  - name: my\n    path: hooks.ts\n    github: hub-secret\n${skill}`,
    'hooks.ts': HOOKS
  });
  return new Called(bot, workspace, await RawClient.greeted(endpoint));
}

class Called {
  constructor(
    readonly bot: Bot,
    readonly workspace: string,
    readonly client: RawClient
  ) {}

  post(
    hook: string,
    body: RequestInit['body'] = '',
    headers: Record<string, string> = {},
    token: string | undefined = TOKEN
  ): Promise<Response> {
    return fetch(`${this.bot.webAddress()!.url}/skill/${hook}`, {
      method: 'POST',
      ...(body !== null && { body }),
      headers: { ...(token !== '' && { authorization: `Bearer ${token}` }), ...headers }
    });
  }
}

/** The parts of an answer that count. */
async function told(response: Response): Promise<[number, unknown]> {
  const text = await response.text();
  try {
    return [response.status, JSON.parse(text)];
  } catch {
    return [response.status, text];
  }
}

describe('a webhook', () => {
  test('is answered as opsdroid answers when the skill says nothing, with or without a slash', async () => {
    const called = await start();
    expect(await told(await called.post('my/silent', 'payload'))).toEqual([
      200,
      { called_skill: 'silent' }
    ]);
    expect(await told(await called.post('my/silent/', 'payload'))).toEqual([
      200,
      { called_skill: 'silent' }
    ]);
  });

  test('is answered by what the skill returns', async () => {
    const called = await start();
    expect(await told(await called.post('my/text'))).toEqual([200, 'custom response']);
    expect(await told(await called.post('my/json'))).toEqual([200, { ok: true }]);
    const full = await called.post('my/a/b');
    expect([full.status, await full.text(), full.headers.get('x-made')]).toEqual([
      201,
      'a,b',
      'yes'
    ]);
    expect(full.headers.get('content-type')).toBe('text/csv');
  });

  test('speaks in rooms', async () => {
    const called = await start();
    await called.post('my/says');
    const { message } = await called.client.next('message', frame => frame.message.skill === 'my');
    expect(message.text).toBe('It is live.');
  });

  test('sees the request, and not who the caller is', async () => {
    const called = await start();
    const [, seen] = await told(
      await called.post('my/seen?a=1&b=x%20y', 'grüße', { 'X-Event': 'push', cookie: 'c=1' })
    );
    expect(seen).toMatchObject({
      method: 'POST',
      query: { a: '1', b: 'x y' },
      body: 'grüße',
      headers: { 'x-event': 'push' }
    });
    expect(JSON.stringify(seen)).not.toMatch(new RegExp(`${TOKEN}|cookie|authorization`));
  });

  test.each([
    ['JSON', '{"n":[1]}', { 'content-type': 'application/json' }, { json: { n: [1] } }],
    ['a form', new URLSearchParams({ a: 'b&c', d: 'ü' }), {}, { form: { a: 'b&c', d: 'ü' } }]
  ])('takes %s', async (_, body, headers, expected) => {
    const called = await start();
    expect(await told(await called.post('my/posted', body, headers as {}))).toEqual([
      200,
      expected
    ]);
  });

  test('takes bytes as they are', async () => {
    const called = await start();
    const [, seen] = await told(
      await called.post('my/seen', new Uint8Array([0xff, 0, 0xfe, 7]), {
        'content-type': 'application/octet-stream'
      })
    );
    expect(seen).toMatchObject({ bytes: [0xff, 0, 0xfe, 7] });
  });

  test('takes text in another character set', async () => {
    const called = await start();
    const [, seen] = await told(
      await called.post('my/seen', new Uint8Array([0x67, 0xfc]), {
        'content-type': 'text/plain; charset=iso-8859-1'
      })
    );
    expect(seen).toMatchObject({ body: 'gü' });
  });

  test('that fails is a 500 with the name of the skill and no detail', async () => {
    const called = await start();
    const [status, body] = await told(await called.post('my/fails'));
    expect([status, body]).toEqual([
      500,
      { error: 'The skill my failed.', skill: 'my', code: 'CHATOPS_SKILL_FAILED' }
    ]);
    expect(await told(await called.post('my/silent'))).toEqual([200, { called_skill: 'silent' }]);
  });

  test('that takes too long is a 504, at the limit of the skill or of the server', async () => {
    const bySkill = await start(undefined, '    timeout: 0.2\n');
    expect(await told(await bySkill.post('my/slow'))).toMatchObject([
      504,
      { code: 'CHATOPS_SKILL_TIMEOUT' }
    ]);
    const byServer = await start(`  token: ${TOKEN}\n  timeout: 0.2\n`);
    expect(await told(await byServer.post('my/slow'))).toEqual([
      504,
      { error: 'The skill did not answer in time; it is still at work.' }
    ]);
  });

  test('is counted', async () => {
    const called = await start();
    await called.post('my/silent');
    await called.post('my/fails');
    await called.post('my/nothing');
    const url = called.bot.webAddress()!.url;
    const headers = { authorization: `Bearer ${TOKEN}` };
    const stats = (await (await fetch(`${url}/stats`, { headers })).json()) as {
      messages: object;
    };
    expect(stats.messages).toMatchObject({ webhooks_called: 2, total_parsed: 0 });
    const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
    expect(metrics.split('\n')).toEqual(
      expect.arrayContaining([
        'chatops_webhook_calls_total{skill="my",status="200"} 1',
        'chatops_webhook_calls_total{skill="my",status="500"} 1',
        'chatops_webhook_calls_total{skill="unknown",status="404"} 1'
      ])
    );
  });
});

describe('strangers', () => {
  test('learn nothing: every path answers them alike', async () => {
    const called = await start();
    const paths = ['my/silent', 'my/signed', 'my/nothing', 'nobody/x', 'my', ''];
    const answers = await Promise.all(
      paths.map(async hook => told(await called.post(hook, 'x', {}, 'wrong')))
    );
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]![0]).toBe(401);
    for (const hook of paths) {
      const response = await fetch(`${called.bot.webAddress()!.url}/skill/${hook}`);
      expect([hook, response.status, response.headers.get('allow')]).toEqual([
        hook,
        405,
        'POST, OPTIONS'
      ]);
    }
  });

  test('are told apart from those who know a token by nothing but that', async () => {
    const called = await start('  webhook-token: whtok\n');
    const statuses = await Promise.all(
      ['', 'whtok ', 'WHTOK', 'whtok2', 'whto', 'whtok'].map(
        async token => (await called.post('my/silent', '', {}, token)).status
      )
    );
    expect(statuses).toEqual([401, 200, 401, 401, 401, 200]);
    expect(await told(await called.post('my/nothing', '', {}, 'whtok'))).toEqual([
      404,
      { error: 'There is nothing at this path.' }
    ]);
  });

  test('without a configured token need the one that the bot made for itself', async () => {
    const called = await start('');
    expect((await called.post('my/silent', '', {}, '')).status).toBe(401);
    const file = path.join(called.workspace, '.chatops/webhook-token');
    const own = readFileSync(file, 'utf8').trim();
    expect((await called.post('my/silent', '', {}, own)).status).toBe(200);
  });
});

describe('a signed webhook', () => {
  const sign = (body: string, secret = 'hub-secret'): Record<string, string> => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  });

  test('takes the right signature and no token', async () => {
    const called = await start();
    expect(await told(await called.post('my/signed', 'a', sign('a'), ''))).toEqual([200, 'signed']);
  });

  test('turns everyone else away, those with the token too', async () => {
    const called = await start();
    for (const headers of [
      {},
      sign('b'),
      sign('a', 'guess'),
      { 'x-hub-signature-256': 'sha256=' }
    ]) {
      expect((await called.post('my/signed', 'a', headers)).status).toBe(401);
    }
  });

  test('whose secret is not configured turns everyone away, and says so', async () => {
    const called = await start();
    const digest = createHmac('sha256', '').update('a').digest('hex');
    expect((await called.post('my/keyless', 'a', { 'x-s': digest })).status).toBe(401);
    expect(called.bot.warnings()).toMatchObject([
      {
        code: 'CHATOPS_WEBHOOK_SECRET',
        message:
          'The webhook /skill/my/keyless turns everyone away: the skill `my` has no option `missing` with its secret.'
      }
    ]);
  });
});

describe('what is posted', () => {
  test('is refused when it is too large, whether it says so or not', async () => {
    const called = await start(`  token: ${TOKEN}\n  body-limit: 10\n`);
    expect((await called.post('my/silent', 'x'.repeat(10))).status).toBe(200);
    expect((await called.post('my/silent', 'x'.repeat(11))).status).toBe(413);
    const status = await new Promise<number>((resolve, reject) => {
      const call = request(
        `${called.bot.webAddress()!.url}/skill/my/silent`,
        { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` } },
        response => resolve(response.statusCode!)
      );
      call.on('error', reject);
      // Without a length the server sees only what arrives.
      call.write('x'.repeat(6));
      call.write('x'.repeat(6));
    });
    expect(status).toBe(413);
  });

  test('is refused when it does not arrive in time', async () => {
    const called = await start(`  token: ${TOKEN}\n  timeout: 0.2\n`);
    const status = await new Promise<number>((resolve, reject) => {
      const call = request(
        `${called.bot.webAddress()!.url}/skill/my/silent`,
        { method: 'POST', headers: { 'content-length': '5' } },
        response => resolve(response.statusCode!)
      );
      call.on('error', reject);
      call.write('x');
    });
    expect(status).toBe(408);
  });

  test('is refused when it is packed', async () => {
    const called = await start();
    expect((await called.post('my/silent', 'x', { 'content-encoding': 'gzip' })).status).toBe(415);
  });
});
