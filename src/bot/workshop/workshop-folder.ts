import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readWorkshop, type Workshop } from '../../workshop';

/** Files of a workshop's folder that are no part of its definition. */
const OTHER = /\.(md|ipynb|html)$/;

/**
 * Reads a workshop from its folder.
 *
 * @throws ChatOpsError `CHATOPS_WORKSHOP_INVALID`.
 */
export function loadWorkshop(folder: string): Workshop {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).split(path.sep).join('/');
    if (entry.isFile() && (name.startsWith('steps/') || !OTHER.test(name))) {
      files.set(name, readFileSync(file, 'utf8'));
    }
  }
  return readWorkshop(files);
}
