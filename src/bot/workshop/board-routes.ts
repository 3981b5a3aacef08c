import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { learnerReportSchema } from '../../protocol';
import { sendJson, type HttpHost } from '../server';
import { HttpRefusal, readBody } from '../web/request-body';
import { isSameSecret } from '../web/web-access';
import { boardPage } from './board-page';
import type { LearnerBoard } from './learner-board';

/** Where the facilitator looks, and below which bots report. */
export const BOARD_PATH = '/workshop';

const LIMITS = { bytes: 64 * 1024, time: 10_000 };

const broadcastSchema = z.object({ text: z.string().min(1).max(2000) });

/** A report, and the last broadcast that the bot has passed on. */
const postedReportSchema = z.object({
  report: learnerReportSchema,
  heard: z.number().int().nonnegative().default(0)
});

/**
 * Puts the facilitator's page on a web server. The page itself holds nothing secret; everything it
 * shows is for those who know the token.
 */
export function mountBoard(web: HttpHost, token: string, board: LearnerBoard): void {
  web.route(BOARD_PATH, (_, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'",
      'cache-control': 'no-store'
    });
    response.end(boardPage);
  });
  const guarded =
    (method: string, answer: (request: IncomingMessage) => Promise<unknown>) =>
    (request: IncomingMessage, response: ServerResponse): void => {
      void serve(request, response, method, token, answer);
    };
  web.route(
    `${BOARD_PATH}/board`,
    guarded('GET', async () => ({ learners: board.rows() }))
  );
  web.route(
    `${BOARD_PATH}/report`,
    guarded('POST', async request => {
      const { report, heard } = await readJson(request, postedReportSchema);
      board.take(report);
      return { broadcasts: board.toldAfter(heard) };
    })
  );
  web.route(
    `${BOARD_PATH}/broadcast`,
    guarded('POST', async request => board.tell((await readJson(request, broadcastSchema)).text))
  );
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  token: string,
  answer: (request: IncomingMessage) => Promise<unknown>
): Promise<void> {
  try {
    const [, given = ''] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
    if (!isSameSecret(given, token)) {
      throw new HttpRefusal(401, 'Give the token.', { 'www-authenticate': 'Bearer' });
    }
    if (request.method !== method) {
      throw new HttpRefusal(405, `Use ${method}.`, { allow: method });
    }
    sendJson(response, 200, await answer(request), { 'cache-control': 'no-store' });
  } catch (error) {
    const refusal =
      error instanceof HttpRefusal ? error : new HttpRefusal(500, 'That did not work.');
    sendJson(response, refusal.status, { error: refusal.message }, refusal.headers);
  }
}

async function readJson<S extends z.ZodType>(
  request: IncomingMessage,
  schema: S
): Promise<z.infer<S>> {
  const body = await readBody(request, LIMITS);
  try {
    return schema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    throw new HttpRefusal(400, 'That is not what belongs here.');
  }
}
