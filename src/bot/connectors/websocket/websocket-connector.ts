import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import * as z from 'zod';
import type { Clock, Connector, Delays, Incoming } from '../../../engine';
import { closeCode, type ChatMessage } from '../../../protocol';
import { pathOf, sendJson, type HttpHost } from '../../server';
import type { ConnectorSettings } from '../connector-settings';
import { readLegacyFrame } from './legacy-frame';

/** Where clients ask for a socket, and below which they open it. */
const PATH = '/connector/websocket';

/** What the configuration may say of this connector; opsdroid's keys and one of ours. */
export const websocketSchema = z.object({
  'max-connections': z
    .number()
    .int()
    .positive()
    .default(10)
    .describe('How many sockets may be open or asked for at once.'),
  'connection-timeout': z
    .number()
    .positive()
    .default(60)
    .describe('How many seconds an asked-for socket is kept for its client.'),
  token: z
    .string()
    .min(1)
    .optional()
    .describe('What a client must send as `Authorization` when it asks for a socket.'),
  origins: z
    .array(z.string())
    .default([])
    .describe('Web pages that may talk to the bot; `*` for any. Those of this machine always may.')
});

/** What the configuration may say of this connector. */
export type WebsocketOptions = z.infer<typeof websocketSchema>;

/** What the connector needs around it. */
export interface WebsocketParts {
  web: HttpHost;
  clock: Clock;
  receive(message: Incoming): Promise<unknown>;
}

/**
 * opsdroid's own websocket protocol, for the clients that exist for it: a POST gives the id of a
 * socket, text frames carry plain text or a JSON object with `message`, `user` and `socket`, and
 * answers are bare text to the socket that asked.
 *
 * Source: opsdroid 0.31.0, `connector/websocket/__init__.py`.
 */
export class WebsocketConnector implements Connector {
  readonly name = 'websocket';
  /** These clients show whatever arrives as an answer, so the bot says nothing of itself here. */
  readonly noticeRooms: readonly string[] = [];

  /** Sockets that were asked for: when each was. */
  private readonly pending = new Map<string, number>();
  private readonly active = new Set<WebSocket>();
  private readonly rooms = new Map<string, Set<WebSocket>>();
  private readonly room: string | undefined;
  private stops: (() => void)[] = [];

  readonly delays: Delays | undefined;

  constructor(
    { defaultRoom, delays }: ConnectorSettings,
    private readonly options: WebsocketOptions,
    private readonly parts: WebsocketParts
  ) {
    this.room = defaultRoom;
    this.delays = delays;
  }

  /** That of the configuration; else that of whoever connected first, as in opsdroid. */
  get defaultRoom(): string | undefined {
    return this.room ?? this.rooms.keys().next().value;
  }

  async connect(): Promise<void> {
    const { web } = this.parts;
    this.stops = [
      web.route(PATH, (request, response) => this.offer(request, response)),
      web.socketRoute(
        `${PATH}/`,
        (socket, request) => this.open(socket, idOf(request)),
        request => this.check(request)
      )
    ];
  }

  async disconnect(): Promise<void> {
    this.stops.forEach(stop => stop());
    this.active.forEach(socket => socket.close(closeCode.goingAway, 'Server shutdown'));
  }

  deliver({ room, text }: ChatMessage): void {
    this.rooms.get(room)?.forEach(socket => socket.send(text));
  }

  /** Answers a POST with the id of a socket. */
  private offer(request: IncomingMessage, response: ServerResponse): void {
    const { origin } = request.headers;
    if (!this.mayCall(origin)) {
      sendJson(response, 403, 'This page may not talk to the bot');
      return;
    }
    const headers = corsHeaders(origin);
    if (request.method === 'OPTIONS') {
      response.writeHead(200, headers).end();
    } else if (request.method !== 'POST') {
      sendJson(response, 405, 'Ask for a socket with POST', headers);
    } else if (!this.hasToken(request.headers.authorization)) {
      response
        .writeHead(401, { 'content-type': 'text/plain', ...headers })
        .end('401: Unauthorized');
    } else if (this.isFull()) {
      sendJson(response, 429, 'No connections available', headers);
    } else {
      const id = randomUUID();
      this.pending.set(id, this.parts.clock.now());
      sendJson(response, 200, { socket: id }, headers);
    }
  }

  private check(request: IncomingMessage): { status: number; text: string } | undefined {
    if (!this.mayCall(request.headers.origin)) {
      return { status: 403, text: 'This page may not talk to the bot' };
    }
    const id = idOf(request);
    const asked = this.pending.get(id);
    this.pending.delete(id);
    if (asked === undefined) {
      return { status: 400, text: 'Please request a socket first' };
    }
    return this.isExpired(asked) ? { status: 408, text: 'Socket request timed out' } : undefined;
  }

  private open(socket: WebSocket, id: string): void {
    this.active.add(socket);
    this.join(id, socket);
    socket.on('message', (data, isBinary) => {
      if (!isBinary) {
        void this.take(String(data), id, socket);
      }
    });
    socket.on('close', () => {
      this.active.delete(socket);
      for (const [room, sockets] of this.rooms) {
        sockets.delete(socket);
        if (sockets.size === 0) {
          this.rooms.delete(room);
        }
      }
    });
  }

  private async take(data: string, id: string, socket: WebSocket): Promise<void> {
    const { text, user, room = id } = readLegacyFrame(data);
    // The web client says this of itself when it connects; it is not a message.
    if (user === 'info' || text === '') {
      return;
    }
    this.join(room, socket);
    try {
      await this.parts.receive({
        id: randomUUID(),
        connector: this.name,
        room,
        user: { id: user === undefined ? `socket:${id}` : `name:${user}`, name: user ?? 'user' },
        text,
        addressed: true
      });
    } catch (error) {
      socket.send((error as Error).message);
    }
  }

  private join(room: string, socket: WebSocket): void {
    const sockets = this.rooms.get(room) ?? new Set();
    this.rooms.set(room, sockets.add(socket));
  }

  private isFull(): boolean {
    for (const [id, asked] of this.pending) {
      if (this.isExpired(asked)) {
        this.pending.delete(id);
      }
    }
    return this.pending.size + this.active.size >= this.options['max-connections'];
  }

  private isExpired(asked: number): boolean {
    return this.parts.clock.now() - asked > this.options['connection-timeout'] * 1000;
  }

  private hasToken(given: string | undefined): boolean {
    const { token } = this.options;
    if (token === undefined) {
      return true;
    }
    const [a, b] = [Buffer.from(token), Buffer.from(given ?? '')];
    return a.length === b.length && timingSafeEqual(a, b);
  }

  /** A page from elsewhere must not reach a bot that listens on this machine. */
  private mayCall(origin: string | undefined): boolean {
    if (origin === undefined || origin === 'null' || origin.startsWith('file:')) {
      return true;
    }
    const { origins } = this.options;
    return (
      origins.includes('*') ||
      origins.includes(origin) ||
      /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin)
    );
  }
}

function idOf(request: IncomingMessage): string {
  return pathOf(request).slice(PATH.length + 1);
}

function corsHeaders(origin: string | undefined): Record<string, string> {
  return {
    'access-control-allow-origin': origin ?? '*',
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': 'authorization, content-type',
    vary: 'origin'
  };
}
