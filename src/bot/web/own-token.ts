import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { STATE_FOLDER } from '../logging';

/** Where the token lies that a bot makes for itself, in its workspace. */
export const OWN_TOKEN_FILE = path.join(STATE_FOLDER, 'webhook-token');

/**
 * What a caller of a webhook must know where the configuration names no token: whoever can read the
 * workspace can read it. It stays the same from start to start, as long as it can be written.
 */
export function ownToken(workspace: string): string {
  const file = path.join(workspace, OWN_TOKEN_FILE);
  try {
    const known = readFileSync(file, 'utf8').trim();
    if (known.length >= 32) {
      return known;
    }
  } catch {
    // There is none yet.
  }
  const token = randomBytes(32).toString('base64url');
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${token}\n`, { mode: 0o600 });
    // The mode above counts only for a file that was not there.
    chmodSync(file, 0o600);
  } catch {
    // A workspace that cannot be written: nobody can call a webhook by it, which is the safe side.
  }
  return token;
}
