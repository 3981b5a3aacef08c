import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { WebConfig } from '../config';

/** Names and addresses of this machine that nobody else can reach. */
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

/** Compares secrets without telling by the time it takes how much of them is right. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Who may do what on the web server. */
export class WebAccess {
  /**
   * @param config - what the configuration says.
   * @param ownToken - what opens webhooks where the configuration names no token.
   */
  constructor(
    private readonly config: WebConfig,
    private readonly ownToken: string | undefined
  ) {}

  /** True for a caller who may have webhooks called that ask for no signature. */
  mayCall(request: IncomingMessage): boolean {
    const { token, 'webhook-token': webhookToken } = this.config;
    const secrets = [token, webhookToken, this.ownToken].filter(secret => secret !== undefined);
    return this.knows(request, secrets);
  }

  /** True for a caller who may see figures: whoever knows the token; where there is none, this machine. */
  maySee(request: IncomingMessage): boolean {
    const { token, host } = this.config;
    return token === undefined
      ? isLoopback(host) && this.isMeant(request.headers.host)
      : this.knows(request, [token]);
  }

  /** What tells a browser that the page which asks may have the answer; nothing when it may not. */
  corsHeaders(request: IncomingMessage, methods: string): Record<string, string> {
    const { origin } = request.headers;
    const { origins, cors } = this.config;
    const allowed = [...origins, ...cors.origins];
    const isAny = cors['allow-all'] || allowed.includes('*');
    if (origin === undefined || !(isAny || allowed.includes(origin))) {
      return { vary: 'origin' };
    }
    const headers = ['authorization', 'content-type', ...cors['allow-headers']];
    return {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': `${methods}, OPTIONS`,
      'access-control-allow-headers': headers.join(', ').toLowerCase(),
      vary: 'origin'
    };
  }

  private knows(request: IncomingMessage, secrets: readonly string[]): boolean {
    const [, given = ''] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
    // Each is compared, so that the time does not tell which one is near.
    return secrets.filter(secret => isSameSecret(given, secret)).length > 0;
  }

  /** A page elsewhere can make its own name mean this machine; the browser still says that name. */
  private isMeant(host = ''): boolean {
    const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
    return isLoopback(name) || name === hostOf(this.config);
  }
}

/** The name others know the bot by, when the configuration says one. */
function hostOf(config: WebConfig): string | undefined {
  const url = baseUrlOf(config);
  return url && new URL(url).hostname;
}

/** The address that others reach the bot by, by either of its keys. */
export function baseUrlOf({
  'base-url': dashed,
  base_url: underlined
}: WebConfig): string | undefined {
  return dashed ?? underlined;
}
