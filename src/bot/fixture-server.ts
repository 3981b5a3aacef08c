import { createServer } from 'node:http';
import path from 'node:path';
import { chatOpsError, didYouMean } from '../protocol';
import { fixtures } from '../workshop';
import { setVariable } from './config';
import { pathOf, sendJson } from './server';

/** A stand-in for a service, while it is served. */
export interface RunningFixture {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves a fixture on loopback, and tells the workspace's `.env` file where.
 *
 * @param port - 0 for any free one.
 * @throws ChatOpsError `CHATOPS_FIXTURE_UNKNOWN`.
 */
export async function startFixture(
  name: string,
  workspace: string,
  port: number
): Promise<RunningFixture> {
  const fixture = fixtures.get(name);
  if (!fixture) {
    const known = [...fixtures.keys()];
    throw chatOpsError('CHATOPS_FIXTURE_UNKNOWN', {
      name,
      suggestion: didYouMean(name, known),
      known: known.join(', ')
    });
  }
  const server = createServer((request, response) => {
    const answer = fixture.answer(pathOf(request), Math.random);
    sendJson(response, answer === undefined ? 404 : 200, answer ?? { error: 'not found' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  setVariable(path.join(workspace, '.env'), fixture.variable, url);
  return {
    url,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}
