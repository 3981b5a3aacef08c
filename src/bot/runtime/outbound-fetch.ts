import { reasonOf, type HttpCall } from '../../protocol';

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
      const cause = error instanceof Error ? error.cause : undefined;
      call({ error: reasonOf(cause ?? error) });
      throw error;
    }
  };
}

/** Queries and credentials carry tokens often enough. */
function withoutSecrets(text: string): string {
  const url = new URL(text);
  return `${url.protocol}//${url.host}${url.pathname}`;
}
