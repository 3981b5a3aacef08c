import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebConfig } from '../config';
import { NOT_FOUND, sendJson, type HttpHost, type RequestHandler } from '../server';
import type { Figures } from './figures';
import { SignatureCheck } from './signature-check';
import { WebAccess } from './web-access';
import { WEBHOOK_PREFIX, Webhooks, type WebhookHost } from './webhooks';

/** What the bot's own pages need. */
export interface PagesHost extends Omit<WebhookHost, 'onAnswer'> {
  readonly figures: Figures;
}

/**
 * Puts the bot's own pages on a web server: the welcome, health, readiness, figures, and webhooks.
 *
 * @param ownToken - what opens webhooks where the configuration names no token.
 */
export function mountPages(
  web: HttpHost,
  host: PagesHost,
  config: WebConfig,
  ownToken: string | undefined
): void {
  const { engine, figures } = host;
  const access = new WebAccess(config, ownToken);
  const page = (pathname: string, handler: RequestHandler): void => {
    const answer = reading(access, handler);
    web.route(pathname, answer);
    if (pathname !== '/') {
      web.route(`${pathname}/`, (request, response) =>
        request.url?.split('?', 1)[0] === `${pathname}/`
          ? answer(request, response)
          : sendJson(response, 404, NOT_FOUND)
      );
    }
  };
  const secured =
    (handler: RequestHandler): RequestHandler =>
    (request, response) => {
      if (access.maySee(request)) {
        return handler(request, response);
      }
      const headers = { 'www-authenticate': 'Bearer' };
      return sendJson(response, 401, { error: 'Give the token of the bot.' }, headers);
    };
  if (!config.disable_web_index_handler_in_root) {
    // Word for word what opsdroid says, by which its clients know it.
    page('/', (_, response) => sendJson(response, 200, { message: 'Welcome to the opsdroid API' }));
  }
  page('/health', (_, response) => sendJson(response, 200, { status: 'ok' }));
  page('/ready', (_, response) => {
    const ready = host.isReady();
    sendJson(response, ready ? 200 : 503, { ready });
  });
  page(
    '/stats',
    secured((_, response) => sendJson(response, 200, figures.stats()))
  );
  page(
    '/metrics',
    secured(async (_, response) => {
      const { type, text } = await figures.exposition();
      response.writeHead(200, { 'content-type': type });
      response.end(text);
    })
  );
  const webhooks = new Webhooks(
    {
      engine,
      isReady: () => host.isReady(),
      secretOf: (skill, option) => host.secretOf(skill, option),
      onAnswer: (skill, status) => figures.noteWebhook(skill, status)
    },
    config,
    access,
    new SignatureCheck(() => Date.now())
  );
  web.route(WEBHOOK_PREFIX, (request, response) => webhooks.answer(request, response));
}

/** A page that is only read, by browsers of other pages where the configuration lets them. */
function reading(access: WebAccess, handler: RequestHandler): RequestHandler {
  return (request: IncomingMessage, response: ServerResponse) => {
    const headers = {
      ...access.corsHeaders(request, 'GET'),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff'
    };
    for (const [name, value] of Object.entries(headers)) {
      response.setHeader(name, value);
    }
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        return handler(request, response);
      case 'OPTIONS':
        response.writeHead(204).end();
        return undefined;
      default:
        return sendJson(
          response,
          405,
          { error: 'This page is only read.' },
          { allow: 'GET, OPTIONS' }
        );
    }
  };
}
