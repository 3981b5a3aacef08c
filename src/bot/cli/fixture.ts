import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createServer } from 'node:http';
import { chatOpsError, didYouMean } from '../../protocol';
import { fixtures } from '../../workshop';
import { writeFileAtomically } from '../config';
import { pathOf, sendJson } from '../server';

/**
 * Serves a fixture on loopback until this process ends, and tells the workspace's `.env` file where.
 *
 * @param port - 0 for any free one.
 * @returns its URL.
 * @throws ChatOpsError `CHATOPS_FIXTURE_UNKNOWN`.
 */
export async function serveFixture(name: string, workspace: string, port: number): Promise<string> {
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
  // Started by a program that keeps a channel open, such as the kernel: it ends with that program.
  process.once('disconnect', () => process.exit());
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  setVariable(path.join(workspace, '.env'), fixture.variable, url);
  return url;
}

/** Sets a variable in a `.env` file and leaves everything else in it as it is. */
export function setVariable(file: string, name: string, value: string): void {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  const others = lines.filter(line => line !== '' && !line.startsWith(`${name}=`));
  writeFileAtomically(file, [...others, `${name}=${value}`, ''].join('\n'));
}
