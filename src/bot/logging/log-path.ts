import path from 'node:path';
import { resolveFrom, type LoggingConfig } from '../config';

/** Where a bot keeps what it writes, in its workspace. */
export const STATE_FOLDER = '.chatops';

/**
 * The log file that a configuration asks for, as an absolute path; nothing when it asks for none.
 *
 * @param folder - what a relative path is relative to.
 */
export function logPath(
  { path: file }: Pick<LoggingConfig, 'path'>,
  folder: string,
  workspace: string
): string | undefined {
  if (file === false) {
    return undefined;
  }
  return file === undefined
    ? path.join(workspace, STATE_FOLDER, 'chatops.log')
    : resolveFrom(folder, file);
}
