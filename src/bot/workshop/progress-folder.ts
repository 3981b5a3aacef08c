import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { STATE_FOLDER } from '../logging';

/** The progress of whoever a workspace belongs to. */
const OWN = 'workshop.json';

/** The folder of everyone else's. */
const OTHERS = 'workshop';

/**
 * Where a learner's progress lies.
 *
 * @param key - who it is, besides the one whom the workspace belongs to.
 */
export function progressPath(workspace: string, key?: string): string {
  const name = key === undefined ? OWN : path.join(OTHERS, `${encodeURIComponent(key)}.json`);
  return path.join(workspace, STATE_FOLDER, name);
}

/** Whether a workshop was begun in a workspace. */
export function hasProgress(workspace: string): boolean {
  return existsSync(progressPath(workspace));
}

/** The keys of all who have begun a workshop in a workspace besides its owner. */
export function progressKeys(workspace: string): string[] {
  try {
    return readdirSync(path.join(workspace, STATE_FOLDER, OTHERS))
      .filter(name => name.endsWith('.json'))
      .map(name => decodeURIComponent(name.slice(0, -'.json'.length)));
  } catch {
    return [];
  }
}
