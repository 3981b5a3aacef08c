import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { readLegacyFrame } from '../../../src/bot/connectors/websocket/legacy-frame';
import { isolateEndpoints, startBot } from '../../support/live-bot';

beforeEach(isolateEndpoints);

const SKILL = `import { matchRegex } from 'chatops';
export const hello = matchRegex(/^(hi|hello)$/, async (bot, config, message) => {
  await message.respond(\`Hi \${message.user} in \${message.room.length > 20 ? 'your socket' : message.room}\`);
});
export const boom = matchRegex(/^boom$/, () => { throw new Error('no'); });
`;

async function start(options = ''): Promise<string> {
  const { bot } = await startBot({
    'configuration.yaml': `web:\n  port: 0\nconnectors:\n  - name: websocket\n${options}skills:\n  - name: hello\n    path: hello.ts\n`,
    'hello.ts': SKILL
  });
  return `127.0.0.1:${bot.port}`;
}

async function ask(host: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`http://${host}/connector/websocket`, { method: 'POST', headers });
}

/** A client that does what opsdroid's clients do. */
class LegacyClient {
  private readonly received: string[] = [];
  private wake = (): void => undefined;
  closed: [number, string] | undefined;

  constructor(private readonly socket: WebSocket) {
    socket.on('message', data => {
      this.received.push(String(data));
      this.wake();
    });
    socket.on('close', (code, reason) => {
      this.closed = [code, String(reason)];
      this.wake();
    });
  }

  static async connect(host: string): Promise<LegacyClient> {
    const { socket: id } = (await (await ask(host)).json()) as { socket: string };
    return LegacyClient.open(host, id);
  }

  static async open(host: string, id: string): Promise<LegacyClient> {
    const socket = new WebSocket(`ws://${host}/connector/websocket/${id}`);
    onTestFinished(() => socket.terminate());
    const client = new LegacyClient(socket);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('unexpected-response', (_, response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += String(chunk)));
        response.on('end', () => reject(new Error(`${response.statusCode} ${text}`)));
      });
      socket.once('error', reject);
    });
    return client;
  }

  send(text: string): void {
    this.socket.send(text);
  }

  async next(): Promise<string> {
    while (this.received.length === 0) {
      await new Promise<void>(resolve => (this.wake = resolve));
    }
    return this.received.shift()!;
  }
}

describe('asking for a socket', () => {
  test('gives an id that opens one, once', async () => {
    const host = await start();
    const response = await ask(host);
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const { socket } = (await response.json()) as { socket: string };
    await LegacyClient.open(host, socket);
    await expect(LegacyClient.open(host, socket)).rejects.toThrow(
      '400 Please request a socket first'
    );
    await expect(LegacyClient.open(host, 'made-up')).rejects.toThrow(
      '400 Please request a socket first'
    );
  });

  test('ends when too many are open, and starts again when they are not', async () => {
    const host = await start('    max-connections: 1\n    connection-timeout: 0.05\n');
    const first = (await (await ask(host)).json()) as { socket: string };
    const full = await ask(host);
    expect(full.status).toBe(429);
    expect(await full.json()).toBe('No connections available');
    // An id that nobody used gives its place up again.
    await expect.poll(async () => (await ask(host)).status).toBe(200);
    await expect(LegacyClient.open(host, first.socket)).rejects.toThrow(/^400|^408/);
  });

  test('needs the token where there is one, as it is', async () => {
    const host = await start('    token: geheim\n');
    expect((await ask(host)).status).toBe(401);
    expect((await ask(host, { authorization: 'wrong' })).status).toBe(401);
    expect((await ask(host, { authorization: 'geheim' })).status).toBe(200);
  });

  test.each([
    ['http://localhost:3000', 200],
    ['https://evil.example', 403]
  ])('from a page of %s is answered with %i', async (origin, status) => {
    const host = await start();
    expect((await ask(host, { origin })).status).toBe(status);
  });

  test('from a page that the configuration names is answered', async () => {
    const host = await start('    origins: [https://chat.example]\n');
    expect((await ask(host, { origin: 'https://chat.example' })).status).toBe(200);
  });
});

describe('talking', () => {
  test('in plain text and in JSON, answered with bare text', async () => {
    const client = await LegacyClient.connect(await start());
    client.send('hello');
    expect(await client.next()).toBe('Hi user in your socket');
    client.send('{"message":"hi","user":"Bob"}');
    expect(await client.next()).toBe('Hi Bob in your socket');
    client.send('{"message":"hi","user":"Bob","socket":"lobby"}');
    expect(await client.next()).toBe('Hi Bob in lobby');
  });

  test('goes to the socket that asked, not to the first one', async () => {
    const host = await start();
    const first = await LegacyClient.connect(host);
    const second = await LegacyClient.connect(host);
    second.send('{"message":"hi","user":"Second"}');
    expect(await second.next()).toBe('Hi Second in your socket');
    first.send('{"message":"hi","user":"First"}');
    expect(await first.next()).toBe('Hi First in your socket');
  });

  test("survives everything that ended opsdroid's connections", async () => {
    const client = await LegacyClient.connect(await start());
    for (const frame of ['42', 'true', '"hi"', '[1]', '{"user":"x"}', '{', 'null', '']) {
      client.send(frame);
    }
    client.send('{"message":"hi","user":"Bob"}');
    expect(await client.next()).toBe('Hi Bob in your socket');
  });

  test("passes over what the web client says of itself, and tells of a skill's failure in words", async () => {
    const client = await LegacyClient.connect(await start());
    client.send('{"message":"Connected to websocket","user":"info"}');
    client.send('boom');
    expect(await client.next()).toContain('The skill `hello` failed: no (hello.ts:5:');
  });
});

test('a port that is in use is told, and the bot works', async () => {
  const host = await start();
  const port = host.split(':')[1];
  const { bot } = await startBot({
    'configuration.yaml': `web:\n  port: ${port}\nconnectors:\n  - name: websocket\nskills:\n  devtools:\n`
  });
  expect(bot.warnings()).toMatchObject([
    {
      code: 'CHATOPS_PORT_IN_USE',
      message: `The port ${port} on 127.0.0.1 is in use by another program.`
    }
  ]);
  expect(bot.engine.registry.list()).toHaveLength(1);
});

test('beyond this machine a token is needed', async () => {
  const { bot } = await startBot({
    'configuration.yaml': 'web:\n  host: 0.0.0.0\n  port: 0\nconnectors:\n  - name: websocket\n'
  });
  expect(bot.warnings()[0]?.message).toMatch(/`web.token` must be set/);
  expect(bot.port).toBeUndefined();
});

test.each([
  ['hello', { text: 'hello' }],
  ['{"message":"hello"}', { text: 'hello' }],
  ['{"message":7,"user":"Bob"}', { text: '7', user: 'Bob' }],
  ['{"message":"x","user":"","socket":""}', { text: 'x' }],
  ['{"text":"x"}', { text: '{"text":"x"}' }]
])('the frame %s is read as %j', (data, message) => {
  expect(readLegacyFrame(data)).toEqual(message);
});
