import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import {
  createServer as createHttp2Server,
  Http2ServerRequest,
  type ServerHttp2Session
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

type Request = IncomingMessage | Http2ServerRequest;
/** What the answers of both protocols have in common. */
interface Response {
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(text: string): unknown;
}

/** A request that a service got. */
export interface ServedRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a service answers; nothing at all, ever, for `silence`. */
export type ServedAnswer =
  { status: number; body?: unknown; headers?: Record<string, string> } | 'silence' | 'hang up';

/** A service on this machine that a test plays. */
export class FixtureService {
  readonly requests: ServedRequest[] = [];
  private waiting: (() => void)[] = [];

  private constructor(
    readonly url: string,
    private readonly close: () => Promise<void>
  ) {}

  /**
   * Starts one that ends with the test.
   *
   * @param protocol - `http2` without TLS, for clients that speak nothing else.
   */
  static async start(
    answer: (request: ServedRequest) => ServedAnswer | Promise<ServedAnswer>,
    protocol: 'http' | 'http2' = 'http'
  ): Promise<FixtureService> {
    const serve = async (request: Request, response: Response): Promise<void> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk as Buffer);
      }
      const { pathname, searchParams } = new URL(request.url!, 'http://x');
      const served = {
        method: request.method!,
        path: pathname,
        query: Object.fromEntries(searchParams),
        headers: request.headers,
        body: Buffer.concat(chunks).toString()
      };
      service.requests.push(served);
      service.waiting.splice(0).forEach(wake => wake());
      const result = await answer(served);
      if (result === 'hang up') {
        (request instanceof Http2ServerRequest
          ? request.stream.session!
          : request.socket
        ).destroy();
      } else if (result !== 'silence') {
        const { status, body, headers } = result;
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(body === undefined ? '' : text);
      }
    };
    const sessions = new Set<ServerHttp2Session>();
    const server =
      protocol === 'http2'
        ? createHttp2Server(serve).on('session', session => sessions.add(session))
        : createServer(serve);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const service = new FixtureService(`http://127.0.0.1:${port}`, async () => {
      sessions.forEach(session => session.destroy());
      if ('closeAllConnections' in server) {
        server.closeAllConnections();
      }
      await new Promise<void>(resolve => server.close(() => resolve()));
    });
    onTestFinished(() => service.stop());
    return service;
  }

  /** Resolves when this many requests have come in. */
  async got(count: number): Promise<void> {
    while (this.requests.length < count) {
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
  }

  /** Ends it; from then on nothing listens at its address. */
  stop(): Promise<void> {
    return this.close();
  }
}

/** An address at which nothing listens. */
export async function deadAddress(): Promise<string> {
  const service = await FixtureService.start(() => 'silence');
  await service.stop();
  return service.url;
}
