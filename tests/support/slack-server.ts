import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';

/** A call of the Web API that came in. */
export interface SlackCall {
  method: string;
  parameters: Record<string, unknown>;
}

export const BOT_TOKEN = 'xoxb-1234-made-for-this-test';
export const APP_TOKEN = 'xapp-1-made-for-this-test';
export const SELF = { user_id: 'UBOT', bot_id: 'BBOT' };

const USERS: Readonly<Record<string, string>> = { U1: 'Ann', U2: 'Ben' };
const CHANNELS = [
  { id: 'C1', name: 'general' },
  { id: 'C2', name: 'ops' },
  { id: 'C3', name: 'random' }
];

/** Parameters that a method cannot do without. */
const REQUIRED: Readonly<Record<string, string[]>> = {
  'chat.postMessage': ['channel', 'text'],
  'chat.update': ['channel', 'ts'],
  'chat.delete': ['channel', 'ts'],
  'reactions.add': ['channel', 'timestamp', 'name'],
  'reactions.remove': ['channel', 'timestamp', 'name'],
  'reactions.get': ['channel', 'timestamp'],
  'pins.add': ['channel', 'timestamp'],
  'pins.remove': ['channel', 'timestamp'],
  'users.info': ['user'],
  'files.getUploadURLExternal': ['filename', 'length'],
  'files.completeUploadExternal': ['files']
};

/** Slack as a bot sees it: the Web API and Socket Mode, as Slack documents them. */
export class SlackServer {
  readonly calls: SlackCall[] = [];
  readonly acknowledged: string[] = [];
  readonly uploads: string[] = [];
  /** Answers that are given once in place of the usual one, by the method. */
  readonly troubles = new Map<string, { status?: number; retryAfter?: number; error?: string }[]>();
  private readonly http = createServer((request, response) => void this.serve(request, response));
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly tickets = new Set<string>();
  private readonly reactions = new Map<string, Set<string>>();
  private waiting: (() => void)[] = [];
  private count = 0;
  current: WebSocket | undefined;
  connections = 0;

  static async start(): Promise<SlackServer> {
    const server = new SlackServer();
    server.http.on('upgrade', (request, socket, head) => {
      const ticket = new URL(request.url ?? '', 'http://slack').searchParams.get('ticket') ?? '';
      if (!server.tickets.delete(ticket)) {
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        return;
      }
      server.sockets.handleUpgrade(request, socket, head, peer => server.welcome(peer));
    });
    await new Promise<void>(resolve => server.http.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.sockets.clients.forEach(socket => socket.terminate());
      server.http.close();
      server.http.closeAllConnections();
    });
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}/api/`;
  }

  /** The next answer of a method is this one. */
  trouble(method: string, answer: { status?: number; retryAfter?: number; error?: string }): void {
    this.troubles.set(method, [...(this.troubles.get(method) ?? []), answer]);
  }

  /** An event, as Slack tells of it. Resolves to its time stamp when the bot has acknowledged it. */
  async event(event: Record<string, unknown>, id = `Ev${++this.count}`): Promise<void> {
    await this.envelope('events_api', { type: 'event_callback', event_id: id, event });
  }

  /** Someone says something. Resolves to its time stamp. */
  async say(text: string, more: Record<string, unknown> = {}): Promise<string> {
    const ts = this.timestamp();
    await this.event({ type: 'message', channel: 'C1', user: 'U1', text, ts, ...more });
    return ts;
  }

  /** Someone presses a button of what the bot posted. */
  async press(call: SlackCall, label: string, user = 'U1'): Promise<void> {
    const ts = String(call.parameters.ts);
    const blocks = call.parameters.blocks as {
      type: string;
      elements?: { text: { text: string }; action_id: string; value: string }[];
    }[];
    const button = blocks
      .flatMap(({ type, elements }) => (type === 'actions' ? elements! : []))
      .find(({ text }) => text.text === label)!;
    await this.envelope('interactive', {
      type: 'block_actions',
      user: { id: user },
      channel: { id: call.parameters.channel },
      message: { ts },
      actions: [{ type: 'button', ...button, action_ts: this.timestamp() }]
    });
  }

  /** Sends an envelope and waits for its acknowledgement. */
  async envelope(type: string, payload: unknown): Promise<void> {
    const id = `envelope-${++this.count}`;
    this.current!.send(
      JSON.stringify({ envelope_id: id, type, accepts_response_payload: false, payload })
    );
    await this.until(() => this.acknowledged.includes(id));
  }

  /** The calls of a method. */
  of(method: string): SlackCall['parameters'][] {
    return this.calls.flatMap(call => (call.method === method ? [call.parameters] : []));
  }

  /** The first call of a method that satisfies the condition, when it is there. */
  async next(
    method: string,
    condition: (parameters: SlackCall['parameters']) => boolean = () => true
  ): Promise<SlackCall> {
    const find = (): SlackCall | undefined =>
      this.calls.find(call => call.method === method && condition(call.parameters));
    await this.until(() => find() !== undefined);
    return find()!;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
  }

  private wake(): void {
    const { waiting } = this;
    this.waiting = [];
    waiting.forEach(resolve => resolve());
  }

  private welcome(socket: WebSocket): void {
    socket.on('message', data => {
      this.acknowledged.push((JSON.parse(String(data)) as { envelope_id: string }).envelope_id);
      this.wake();
    });
    socket.on('close', () => this.wake());
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    this.current = socket;
    this.connections++;
    this.wake();
  }

  private timestamp(): string {
    return `17000000${String(++this.count).padStart(2, '0')}.000100`;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const body = Buffer.concat(chunks).toString();
    const path = new URL(request.url ?? '', 'http://slack').pathname;
    if (path.startsWith('/upload/')) {
      this.uploads.push(body);
      response.end('OK');
      return;
    }
    const method = path.replace('/api/', '');
    const parameters = parametersOf(body);
    const trouble = this.troubles.get(method)?.shift();
    const answer = trouble?.error
      ? { ok: false, error: trouble.error }
      : this.answer(method, parameters, request.headers.authorization);
    response.writeHead(trouble?.status ?? 200, {
      'content-type': 'application/json',
      ...(trouble?.retryAfter !== undefined && { 'retry-after': String(trouble.retryAfter) })
    });
    response.end(JSON.stringify(answer));
    if (!trouble && 'ok' in answer && answer.ok) {
      const { ts, channel } = answer as Record<string, unknown>;
      this.calls.push({
        method,
        parameters: { ...parameters, ...(ts !== undefined && { ts, channel }) }
      });
    } else {
      this.calls.push({ method: `${method} refused`, parameters });
    }
    this.wake();
  }

  private answer(
    method: string,
    parameters: Record<string, unknown>,
    authorization: string | undefined
  ): Record<string, unknown> {
    const token = method === 'apps.connections.open' ? APP_TOKEN : BOT_TOKEN;
    if (authorization !== `Bearer ${token}`) {
      const isOther = [APP_TOKEN, BOT_TOKEN].some(known => authorization === `Bearer ${known}`);
      return { ok: false, error: isOther ? 'not_allowed_token_type' : 'invalid_auth' };
    }
    if (REQUIRED[method]?.some(name => parameters[name] === undefined)) {
      return { ok: false, error: 'invalid_arguments' };
    }
    const { channel, name, timestamp, user } = parameters;
    const reacted = this.reactions.get(String(timestamp)) ?? new Set<string>();
    switch (method) {
      case 'auth.test':
        return { ok: true, ...SELF };
      case 'apps.connections.open': {
        const ticket = `ticket-${++this.count}`;
        this.tickets.add(ticket);
        return { ok: true, url: `${this.url.replace('http', 'ws')}link?ticket=${ticket}` };
      }
      case 'conversations.list': {
        const from = Number(parameters.cursor ?? 0);
        const to = from + Number(parameters.limit);
        const cursor = to < CHANNELS.length ? String(to) : '';
        return {
          ok: true,
          channels: CHANNELS.slice(from, to),
          response_metadata: { next_cursor: cursor }
        };
      }
      case 'conversations.info':
        return { ok: true, channel: { id: channel, name: 'met' } };
      case 'users.info':
        return USERS[String(user)]
          ? { ok: true, user: { id: user, profile: { display_name: USERS[String(user)] } } }
          : { ok: false, error: 'user_not_found' };
      case 'chat.postMessage':
        return /^[CD]\d$/.test(String(channel))
          ? { ok: true, channel, ts: this.timestamp() }
          : { ok: false, error: 'channel_not_found' };
      case 'reactions.add':
        this.reactions.set(String(timestamp), reacted.add(String(name)));
        return { ok: true };
      case 'reactions.remove':
        return reacted.delete(String(name)) ? { ok: true } : { ok: false, error: 'no_reaction' };
      case 'reactions.get':
        return {
          ok: true,
          message: { reactions: [...reacted].map(each => ({ name: each, users: ['UBOT'] })) }
        };
      case 'files.getUploadURLExternal':
        return { ok: true, file_id: 'F1', upload_url: this.url.replace('api/', 'upload/F1') };
      default:
        return { ok: true };
    }
  }
}

/** A form, whose lists and objects are JSON. */
function parametersOf(body: string): Record<string, unknown> {
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [
      name,
      /^[[{]/.test(value) && name !== 'text' ? (JSON.parse(value) as unknown) : value
    ])
  );
}
