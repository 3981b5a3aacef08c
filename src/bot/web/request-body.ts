import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** Why a request is not answered as it hoped. */
export class HttpRefusal extends Error {
  /** @param status - the HTTP status. */
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Record<string, string> = {}
  ) {
    super(message);
  }
}

/** How much of a body is taken, and how long it may take. */
export interface BodyLimits {
  bytes: number;
  /** In milliseconds. */
  time: number;
}

/**
 * Reads what was posted.
 *
 * @throws HttpRefusal 408, 413 or 415; and 400 when the caller broke off.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const coding = request.headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity') {
    throw new HttpRefusal(415, 'Send the body as it is, without a content encoding.');
  }
  const tooLarge = new HttpRefusal(413, `The body is larger than ${limits.bytes} bytes.`, {
    connection: 'close'
  });
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes) {
    throw tooLarge;
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(
      () =>
        reject(new HttpRefusal(408, 'The body did not arrive in time.', { connection: 'close' })),
      limits.time
    );
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.bytes) {
        request.pause();
        reject(tooLarge);
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => {
      clearTimeout(timer);
      reject(new HttpRefusal(400, 'The body did not arrive whole.'));
    });
  });
}

/** Headers that prove who the caller is: nobody's business but the server's. */
const PRIVATE_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie']);

/** A request as the event of a webhook carries it. */
export function requestData(request: IncomingMessage, body: Buffer): Record<string, unknown> {
  const { searchParams, pathname } = new URL(request.url ?? '/', 'http://bot');
  const isText = isUtf8(body);
  return {
    method: request.method,
    path: pathname,
    headers: Object.fromEntries(
      Object.entries(request.headers)
        .filter(([name]) => !PRIVATE_HEADERS.has(name))
        .map(([name, value]) => [name, String(value)])
    ),
    query: Object.fromEntries(searchParams),
    // The event is kept as JSON, which knows no bytes.
    body: body.toString(isText ? 'utf8' : 'base64'),
    ...(!isText && { encoding: 'base64' })
  };
}
