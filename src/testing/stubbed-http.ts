import type { HttpCall } from '../protocol';
import type { HttpAnswer, HttpRequest, TestHttp } from './api';

interface Route {
  method: string;
  url: string | RegExp;
  answers: readonly HttpAnswer[];
  count: number;
}

/** The outside world, which has only what a test puts there. */
export class StubbedHttp implements TestHttp {
  readonly requests: HttpRequest[] = [];

  private readonly routes: Route[] = [];

  on(method: string, url: string | RegExp, ...answers: readonly HttpAnswer[]): void {
    // What is said later holds, as when a test changes its mind.
    this.routes.unshift({ method: method.toUpperCase(), url, answers, count: 0 });
  }

  get(url: string | RegExp, ...answers: readonly HttpAnswer[]): void {
    this.on('GET', url, ...answers);
  }

  post(url: string | RegExp, ...answers: readonly HttpAnswer[]): void {
    this.on('POST', url, ...answers);
  }

  put(url: string | RegExp, ...answers: readonly HttpAnswer[]): void {
    this.on('PUT', url, ...answers);
  }

  delete(url: string | RegExp, ...answers: readonly HttpAnswer[]): void {
    this.on('DELETE', url, ...answers);
  }

  /**
   * Answers a request of a skill.
   *
   * @param report - told of it, as the trace shows it.
   */
  async fetch(request: Request, report: (call: HttpCall) => void): Promise<Response> {
    const { method, url, headers } = request;
    const asked = {
      method,
      url,
      headers: Object.fromEntries(headers),
      body: await request.text()
    };
    this.requests.push(asked);
    const call = { method, url: withoutQuery(url), duration: 0 };
    try {
      const response = await this.answer(asked);
      report({ ...call, status: response.status });
      return response;
    } catch (error) {
      report({ ...call, error: (error as Error).message });
      throw error;
    }
  }

  private async answer(request: HttpRequest): Promise<Response> {
    const route = this.routes.find(each => fits(each, request));
    if (!route || route.answers.length === 0) {
      const { method, url } = request;
      const known = this.routes.map(each => `${each.method} ${String(each.url)}`).join(', ');
      throw new Error(
        `the test has no answer to ${method} ${url}; add \`chat.http.on('${method}', '${withoutQuery(url)}', …)\`` +
          (known ? ` (there are answers to ${known})` : '')
      );
    }
    const given = route.answers[Math.min(route.count++, route.answers.length - 1)];
    const answer: unknown =
      typeof given === 'function'
        ? await (given as (request: HttpRequest) => unknown)(request)
        : given;
    if (answer instanceof Error) {
      throw answer;
    }
    return toResponse(answer);
  }
}

function fits({ method, url }: Route, request: HttpRequest): boolean {
  const isSame =
    url instanceof RegExp
      ? url.test(request.url)
      : [request.url, withoutQuery(request.url)].some(
          asked => asked === url || asked === `${url}/` || `${asked}/` === url
        );
  return method === request.method && isSame;
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

function toResponse(answer: unknown): Response {
  if (answer instanceof Response) {
    return answer.clone();
  }
  if (answer === undefined || answer === null) {
    return new Response(null, { status: 204 });
  }
  if (typeof answer === 'string') {
    return new Response(answer);
  }
  const { status, body, headers } = answer as Partial<Record<string, unknown>>;
  return typeof status === 'number' && Object.keys(answer).every(isPartOfResponse)
    ? new Response(words(body), { status, headers: headers as Record<string, string> })
    : Response.json(answer);
}

function isPartOfResponse(key: string): boolean {
  return ['status', 'body', 'headers'].includes(key);
}

function words(body: unknown): string | null {
  return body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
}
