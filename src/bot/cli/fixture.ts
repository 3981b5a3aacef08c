import { startFixture } from '../fixtures';

/**
 * Serves a fixture on loopback until this process ends, and tells the workspace's `.env` file where.
 *
 * @param port - 0 for any free one.
 * @returns its URL.
 * @throws ChatOpsError `CHATOPS_FIXTURE_UNKNOWN`.
 */
export async function serveFixture(name: string, workspace: string, port: number): Promise<string> {
  const { url } = await startFixture(name, workspace, port);
  // Started by a program that keeps a channel open, such as the kernel: it ends with that program.
  process.once('disconnect', () => process.exit());
  return url;
}
