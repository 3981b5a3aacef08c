import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { chatOpsError, MAX_FRAME_BYTES } from '../../protocol';

/** Answers a plain request. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse
) => void | Promise<void>;

/** Takes a new websocket. */
export type SocketHandler = (socket: WebSocket, request: IncomingMessage) => void;

/** Says whether a websocket may be opened: nothing when it may, else the status and words of the refusal. */
export type UpgradeCheck = (
  request: IncomingMessage
) => { status: number; text: string } | undefined;

/** What a web server may be told. */
export interface HttpHostOptions {
  /** A certificate and its private key, as PEM texts: then it speaks HTTPS. */
  ssl?: { cert: string; key: string };
  /** What a proxy may leave in front of every path, such as `/bot`. */
  basePath?: string;
}

/** Larger frames close the connection; those between this and the protocol's limit are answered with an error. */
const HARD_FRAME_LIMIT = 8 * MAX_FRAME_BYTES;

interface SocketRoute {
  prefix: string;
  check: UpgradeCheck;
  handler: SocketHandler;
}

/** A web server whose paths belong to the parts of the bot that asked for them. */
export class HttpHost {
  readonly server: Server;

  private readonly routes = new Map<string, RequestHandler>();
  private socketRoutes: SocketRoute[] = [];
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: HARD_FRAME_LIMIT });
  private readonly basePath: string;

  /** @throws the system's error for a certificate that does not go with its key. */
  constructor({ ssl, basePath = '' }: HttpHostOptions = {}) {
    const respond = (request: IncomingMessage, response: ServerResponse): void =>
      this.respond(request, response);
    // Both kinds of server have the same methods and events.
    this.server = ssl
      ? (createSecureServer(ssl, respond) as unknown as Server)
      : createServer(respond);
    this.basePath = basePath.replace(/\/+$/, '');
    this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /**
   * Answers requests for one path, and for all below it when it ends with a slash. Returns what takes
   * the route away again.
   */
  route(pathname: string, handler: RequestHandler): () => void {
    this.routes.set(pathname, handler);
    return () => this.routes.delete(pathname);
  }

  /** Takes websockets for a path, and for all below it when it ends with a slash. */
  socketRoute(
    prefix: string,
    handler: SocketHandler,
    check: UpgradeCheck = () => undefined
  ): () => void {
    const route = { prefix, check, handler };
    this.socketRoutes.push(route);
    return () => {
      this.socketRoutes = this.socketRoutes.filter(other => other !== route);
    };
  }

  /**
   * Listens on a port.
   *
   * @returns the port, which matters when it was 0.
   * @throws ChatOpsError `CHATOPS_PORT_IN_USE`, or the system's error.
   */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException): void =>
        reject(
          error.code === 'EADDRINUSE' ? chatOpsError('CHATOPS_PORT_IN_USE', { host, port }) : error
        );
      this.server.once('error', fail);
      this.server.listen(port, host, () => {
        this.server.off('error', fail);
        resolve((this.server.address() as { port: number }).port);
      });
    });
  }

  /** Stops listening and ends what is left of open connections. */
  close(): Promise<void> {
    return new Promise(resolve => {
      // What became a websocket is no longer the server's to end, and yet it would wait for it.
      this.sockets.clients.forEach(client => client.terminate());
      this.sockets.close();
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private respond(request: IncomingMessage, response: ServerResponse): void {
    this.leaveBasePath(request);
    const handler = this.handlerFor(pathOf(request));
    if (!handler) {
      sendJson(response, 404, NOT_FOUND);
      return;
    }
    // A defect in one handler costs one answer.
    void (async () => handler(request, response))().catch(() => {
      if (response.headersSent) {
        response.destroy();
      } else {
        sendJson(response, 500, { error: 'The bot could not answer this request.' });
      }
    });
  }

  private handlerFor(pathname: string): RequestHandler | undefined {
    const exact = this.routes.get(pathname);
    if (exact) {
      return exact;
    }
    for (let end = pathname.lastIndexOf('/'); end > 0; end = pathname.lastIndexOf('/', end - 1)) {
      const handler = this.routes.get(pathname.slice(0, end + 1));
      if (handler) {
        return handler;
      }
    }
    return undefined;
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.leaveBasePath(request);
    const pathname = pathOf(request);
    const route = this.socketRoutes.find(({ prefix }) =>
      prefix.endsWith('/') ? pathname.startsWith(prefix) : pathname === prefix
    );
    const refusal = route ? route.check(request) : { status: 404, text: NOT_FOUND.error };
    if (refusal) {
      refuse(socket, refusal);
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, websocket => {
      // An error is followed by a close, which is what everybody listens to.
      websocket.on('error', () => undefined);
      route!.handler(websocket, request);
    });
  }

  /** Some proxies take the base path off, some leave it on. */
  private leaveBasePath(request: IncomingMessage): void {
    const { url = '/' } = request;
    if (this.basePath !== '' && /^[/?]|^$/.test(afterStart(url, this.basePath) ?? '-')) {
      const rest = url.slice(this.basePath.length);
      request.url = rest.startsWith('/') ? rest : `/${rest}`;
    }
  }
}

/** What is said of a path that nobody answers at. */
export const NOT_FOUND = { error: 'There is nothing at this path.' };

/** The path of a request, without its query. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0]!;
}

/** Answers with a JSON value. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {}
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(value));
}

function afterStart(text: string, start: string): string | undefined {
  return text.startsWith(start) ? text.slice(start.length) : undefined;
}

function refuse(socket: Duplex, { status, text }: { status: number; text: string }): void {
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: text/plain; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`
  );
}
