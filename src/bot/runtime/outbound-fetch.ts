import { reasonOf, type HttpCall } from '../../protocol';

/** A request that got no answer, as {@link outboundFetch} notes it on the error it throws. */
export interface Unreachable {
  /** Without its query and credentials. */
  url: string;
  /** Why, in words. */
  reason: string;
}

const UNREACHABLE = Symbol('unreachable');

/** What the system's codes mean to someone who does not know them. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ECONNRESET: 'it broke the connection off',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time'
};

/** Which request failed, when that is what was thrown. */
export function unreachable(thrown: unknown): Unreachable | undefined {
  return (thrown as { [UNREACHABLE]?: Unreachable } | undefined)?.[UNREACHABLE];
}

/**
 * `fetch`, with two additions: each request is reported, and none outlives its skill or its run.
 *
 * @param signals - aborted when the skill's version or the run at hand ends.
 */
export function outboundFetch(
  signals: () => AbortSignal[],
  report: (call: HttpCall) => void
): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, {
      ...init,
      signal: AbortSignal.any([...signals(), ...(init?.signal ? [init.signal] : [])])
    });
    const began = performance.now();
    const call = (result: Partial<HttpCall>): void =>
      report({
        method: request.method,
        url: withoutSecrets(request.url),
        duration: performance.now() - began,
        ...result
      });
    try {
      const response = await fetch(request);
      call({ status: response.status });
      return response;
    } catch (error) {
      // Node says only “fetch failed”; the cause says why.
      const cause = (error instanceof Error ? error.cause : undefined) ?? error;
      const code = (cause as NodeJS.ErrnoException).code;
      const reason = REASONS[code ?? ''] ?? reasonOf(cause);
      call({ error: reason });
      if (error instanceof TypeError) {
        Object.defineProperty(error, UNREACHABLE, {
          value: { url: withoutSecrets(request.url), reason } satisfies Unreachable
        });
      }
      throw error;
    }
  };
}

/** Queries and credentials carry tokens often enough. */
function withoutSecrets(text: string): string {
  const url = new URL(text);
  return `${url.protocol}//${url.host}${url.pathname}`;
}
