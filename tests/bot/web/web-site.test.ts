import { readFileSync, statSync } from 'node:fs';
import { request as secureRequest } from 'node:https';
import { createServer, request } from 'node:http';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Bot } from '../../../src/bot/bot';
import { certificate, certificateKey } from '../../support/certificate';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';
import { writeFiles } from '../../support/temporary-folder';

beforeEach(isolateEndpoints);

const HELLO = `import { matchRegex } from 'chatops';
export const hello = matchRegex(/^hello$/, async (bot, config, message) => {
  await message.respond('Hi');
});
`;
const HOOK = `import { matchWebhook } from 'chatops';
export const hook = matchWebhook('hook', () => 'done');
`;
const TOKEN = 'a-token-of-the-bot';

/** A bot with a web server on any free port. */
async function start(
  web = '',
  rest = 'skills:\n  - name: hello\n    path: hello.ts\n',
  files: Record<string, string> = {}
): Promise<{ bot: Bot; url: string; workspace: string; client: RawClient }> {
  const { bot, workspace, endpoint } = await startBot({
    'configuration.yaml': `web:\n  port: 0\n${web}${rest}`,
    'hello.ts': HELLO,
    'hook.ts': HOOK,
    ...files
  });
  const client = await RawClient.greeted(endpoint);
  return { bot, workspace, client, url: bot.webAddress()?.url ?? 'no web server' };
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** What a server answers to a request whose `Host` is chosen. */
function statusFor(url: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, response => resolve(response.resume().statusCode!))
      .on('error', reject)
      .end();
  });
}

describe('the pages', () => {
  test('`/` welcomes as opsdroid does, unless it is told not to', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/`);
    expect([response.status, await response.json()]).toEqual([
      200,
      { message: 'Welcome to the opsdroid API' }
    ]);
    expect(response.headers.get('content-type')).toContain('application/json');
    const without = await start('  disable_web_index_handler_in_root: true\n');
    expect((await fetch(`${without.url}/`)).status).toBe(404);
  });

  test('/health and /ready answer everyone', async () => {
    const { url } = await start(`  token: ${TOKEN}\n`);
    for (const [page, body] of [
      ['/health', { status: 'ok' }],
      ['/ready', { ready: true }],
      ['/ready/', { ready: true }]
    ] as const) {
      const response = await fetch(url + page);
      expect([page, response.status, await response.json()]).toEqual([page, 200, body]);
    }
  });

  test('/ready says no while skills are being loaded, and /health yes', async () => {
    const slow = `import { matchRegex } from 'chatops';
export const slow = matchRegex(/x/, () => {});
export async function setup() { await fetch(process.env.GATE_URL).catch(() => {}); }
`;
    const seen: [string, number][] = [];
    let port = 0;
    const gate = createServer((_, response) => {
      // The skill's setup has arrived here: what is asked now is asked while it loads.
      void (async () => {
        for (const page of ['/health', '/ready', '/skill/hook/hook']) {
          const options =
            page === '/skill/hook/hook' ? { method: 'POST', headers: bearer(TOKEN) } : {};
          seen.push([page, (await fetch(`http://127.0.0.1:${port}${page}`, options)).status]);
        }
        response.end();
      })();
    });
    const free = createServer();
    await new Promise<void>(resolve => free.listen(0, '127.0.0.1', resolve));
    port = (free.address() as { port: number }).port;
    await new Promise(resolve => free.close(resolve));
    await new Promise<void>(resolve => gate.listen(0, '127.0.0.1', resolve));
    process.env.GATE_URL = `http://127.0.0.1:${(gate.address() as { port: number }).port}`;
    try {
      await startBot({
        'configuration.yaml': `web:\n  port: ${port}\n  token: ${TOKEN}\nskills:\n  - name: slow\n    path: slow.ts\n`,
        'slow.ts': slow
      });
    } finally {
      gate.close();
      delete process.env.GATE_URL;
    }
    expect(seen).toEqual([
      ['/health', 200],
      ['/ready', 503],
      ['/skill/hook/hook', 503]
    ]);
  });

  test("/stats has opsdroid's shape and counts", async () => {
    const { url, client } = await start();
    await client.ask('hello');
    await client.ask('nobody answers this');
    const response = await fetch(`${url}/stats/`);
    expect(await response.json()).toMatchObject({
      version: '1.2.3',
      messages: {
        total_parsed: 2,
        webhooks_called: 0,
        total_responses: 1,
        total_response_time: expect.any(Number),
        average_response_time: expect.any(Number),
        outcomes: { answered: 1, unmatched: 1 }
      },
      modules: { skills: 1, connectors: 0, databases: 0 },
      skills: { hello: { state: 'live', version: 1 } },
      uptime: expect.any(Number)
    });
  });

  test('/metrics is in the text format of Prometheus', async () => {
    const { url, client, workspace } = await start(
      '',
      'connectors:\n  - name: nowhere\nskills:\n  - name: hello\n    path: hello.ts\n'
    );
    await client.ask('hello');
    writeFiles(workspace, { 'hello.ts': HELLO.replace('^hello$', '^hallo$') });
    await client.next('skills', ({ cause }) => cause === 'file');
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = (await response.text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'chatops_info{version="1.2.3"} 1',
        'chatops_messages_total{connector="panel",outcome="answered"} 1',
        'chatops_handling_seconds_count{skill="hello"} 1',
        'chatops_handling_seconds_bucket{le="+Inf",skill="hello"} 1',
        'chatops_skills{state="live"} 1',
        'chatops_skill_loads_total{kind="added",cause="start"} 1',
        'chatops_skill_loads_total{kind="changed",cause="file"} 1',
        'chatops_connector_up{connector="nowhere"} 0',
        expect.stringMatching(/^process_resident_memory_bytes \d+$/)
      ])
    );
  });

  test('are only read', async () => {
    const { url } = await start();
    for (const page of ['/', '/health', '/ready', '/stats', '/metrics']) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const response = await fetch(url + page, { method });
        expect([page, method, response.status]).toEqual([page, method, 405]);
        expect(response.headers.get('allow')).toBe('GET, OPTIONS');
      }
    }
    expect((await fetch(`${url}/health`, { method: 'HEAD' })).status).toBe(200);
  });

  test('elsewhere there is nothing', async () => {
    const { url } = await start();
    for (const page of ['/nothing', '/stats/more', '/health/x', '/connector', '/identity', '//']) {
      expect([page, (await fetch(url + page)).status]).toEqual([page, 404]);
    }
  });
});

describe('who may see figures', () => {
  test('with a token: whoever knows it', async () => {
    const { url } = await start(`  token: ${TOKEN}\n  webhook-token: for-webhooks\n`);
    for (const page of ['/stats', '/metrics']) {
      const statuses = await Promise.all(
        [{}, bearer('wrong'), bearer('for-webhooks'), { authorization: TOKEN }, bearer(TOKEN)].map(
          async headers => (await fetch(url + page, { headers })).status
        )
      );
      expect([page, statuses]).toEqual([page, [401, 401, 401, 401, 200]]);
    }
  });

  test('without: this machine, and no page that only claims to be of it', async () => {
    const { url } = await start('  base-url: https://bot.example.org/chat\n');
    const hosts = ['localhost:80', '127.0.0.1', '[::1]:9', 'bot.example.org', 'evil.example.org'];
    expect(await Promise.all(hosts.map(host => statusFor(`${url}/stats`, host)))).toEqual([
      200, 200, 200, 200, 401
    ]);
  });

  test('with a token for webhooks alone, beyond this machine: nobody', async () => {
    const { bot } = await start('  host: 0.0.0.0\n  webhook-token: for-webhooks\n');
    const url = bot.webAddress()!.url;
    expect((await fetch(`${url}/stats`, { headers: bearer('for-webhooks') })).status).toBe(401);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
});

describe('pages of other sites', () => {
  const origin = 'https://wiki.example.org';

  test('may not read anything by default', async () => {
    const { url } = await start();
    const plain = await fetch(`${url}/stats`, { headers: { origin } });
    const preflight = await fetch(`${url}/skill/hook/hook`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' }
    });
    for (const { headers } of [plain, preflight]) {
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test.each([
    ['origins', `  origins: [${origin}]\n`],
    ['cors.origins', `  cors:\n    origins: [${origin}]\n`],
    ['cors.allow-all', '  cors:\n    allow-all: true\n'],
    ['*', "  origins: ['*']\n"]
  ])('may with `%s`', async (_, web) => {
    const { url } = await start(web);
    const response = await fetch(`${url}/stats`, { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    const others = await fetch(`${url}/stats`, { headers: { origin: 'https://else.example.org' } });
    expect(others.headers.get('access-control-allow-origin') !== null).toBe(
      web.includes('*') || web.includes('allow-all')
    );
  });

  test('may send the headers that are allowed', async () => {
    const { url } = await start(
      `  cors:\n    origins: [${origin}]\n    allow-headers: [X-Trace]\n`
    );
    const { status, headers } = await fetch(`${url}/skill/hook/hook`, {
      method: 'OPTIONS',
      headers: { origin }
    });
    expect([
      status,
      headers.get('access-control-allow-methods'),
      headers.get('access-control-allow-headers')
    ]).toEqual([204, 'POST, OPTIONS', 'authorization, content-type, x-trace']);
  });
});

describe('the server is there', () => {
  test('when the configuration speaks of it, even without saying anything', async () => {
    const { bot } = await startBot({ 'configuration.yaml': 'skills:\n  - name: devtools\n' });
    expect(bot.webAddress()).toBeUndefined();
    expect((await start()).bot.port).toBeGreaterThan(0);
  });

  test('as long as a skill waits for webhooks', async () => {
    const { bot, workspace, endpoint } = await startBot({
      'configuration.yaml': skills(''),
      'hook.ts': HOOK
    });
    const client = await RawClient.greeted(endpoint);
    expect(bot.webAddress()).toBeUndefined();
    writeFiles(workspace, { 'configuration.yaml': skills('  - name: hook\n    path: hook.ts\n') });
    await client.next('skills', ({ changes }) => changes.some(({ skill }) => skill === 'hook'));
    // Its port is the usual one, which another program may have.
    await expect
      .poll(() => bot.webAddress()?.url ?? bot.warnings()[0]?.code)
      .toMatch(/^http:\/\/127\.0\.0\.1:8080$|^CHATOPS_PORT_IN_USE$/);
    writeFiles(workspace, { 'configuration.yaml': skills('') });
    await client.next('skills', ({ changes }) => changes.some(({ kind }) => kind === 'removed'));
    await expect.poll(() => bot.webAddress()).toBeUndefined();
  });

  test('with HTTPS, and a welcome over it', async () => {
    const { bot, url } = await start('  ssl: {cert: c.pem, key: k.pem}\n', '', {
      'c.pem': certificate,
      'k.pem': certificateKey
    });
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const text = await new Promise((resolve, reject) => {
      secureRequest(`${url}/`, { ca: certificate }, response => {
        response.setEncoding('utf8').on('data', resolve);
      })
        .on('error', reject)
        .end();
    });
    expect(text).toContain('Welcome');
    expect(bot.warnings()).toEqual([]);
  });

  test.each([
    ['is not there', {}],
    ['is none', { 'c.pem': 'x', 'k.pem': 'y' }]
  ])('not at all when its certificate %s', async (_, files) => {
    const { bot } = await start('  ssl: {cert: c.pem, key: k.pem}\n', '', files);
    expect(bot.port).toBeUndefined();
    expect(bot.warnings()).toMatchObject([{ code: 'CHATOPS_WEB_CERTIFICATE' }]);
  });

  test('below the path of `base-url`, whether the proxy leaves it on or not', async () => {
    const { url } = await start('  base_url: https://example.org/bots/ours/\n');
    for (const [page, status] of [
      ['/bots/ours/health', 200],
      ['/bots/ours', 200],
      ['/health', 200],
      ['/bots/ourselves', 404]
    ] as const) {
      expect([page, (await fetch(url + page)).status]).toEqual([page, status]);
    }
  });

  test('again with what changed in the configuration', async () => {
    const { bot, workspace, client, url } = await start();
    expect((await fetch(`${url}/stats`)).status).toBe(200);
    const text = readFileSync(path.join(workspace, 'configuration.yaml'), 'utf8');
    writeFiles(workspace, {
      'configuration.yaml': text.replace('port: 0', `port: 0\n  token: ${TOKEN}`)
    });
    await client.next('skills', ({ cause }) => cause === 'configuration');
    await expect.poll(async () => (await fetch(`${bot.webAddress()?.url}/stats`)).status).toBe(401);
  });

  test('with a token of its own where the configuration names none', async () => {
    const { workspace } = await start();
    const file = path.join(workspace, '.chatops/webhook-token');
    expect(readFileSync(file, 'utf8')).toMatch(/^[\w-]{43}\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const configured = await start(`  token: ${TOKEN}\n`);
    expect(() => statSync(path.join(configured.workspace, '.chatops/webhook-token'))).toThrow();
  });
});

function skills(more: string): string {
  return `skills:\n  - name: devtools\n${more}`;
}
