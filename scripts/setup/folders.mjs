import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What the scripts keep for themselves: logs, reports, fingerprints, the environment of the tests. */
export const tools = path.join(root, '.tools');
