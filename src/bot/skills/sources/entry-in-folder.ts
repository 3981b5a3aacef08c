import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isFile, resolveLocal } from '../../../loader';
import { chatOpsError } from '../../../protocol';
import { readManifest } from './npm';

/** What a skill may be written in. */
const SOURCE = /\.([cm]?[jt]s|ipynb)$/;

/** What lies beside a skill and is none. */
const NO_SKILL = /(^\.|\.d\.[cm]?ts$|\.(test|spec|config)\.)/;

/**
 * The file that a fetched skill begins with: what its package.json names as `main`, its `index`, or
 * the only source there is.
 *
 * @throws ChatOpsError `CHATOPS_SKILL_ENTRY` or `CHATOPS_SKILL_PYTHON`.
 */
export function entryInFolder(name: string, folder: string): string {
  const { module, main } = readManifest(folder) ?? {};
  for (const candidate of [module, main, '.']) {
    const file = candidate === undefined ? undefined : resolveLocal(candidate, folder);
    if (file !== undefined && SOURCE.test(file)) {
      return file;
    }
  }
  const names = readdirSync(folder).filter(entry => isFile(path.join(folder, entry)));
  const sources = names.filter(entry => SOURCE.test(entry) && !NO_SKILL.test(entry));
  if (sources.length === 1) {
    return path.join(folder, sources[0]!);
  }
  if (sources.length === 0 && names.some(entry => entry.endsWith('.py'))) {
    throw chatOpsError('CHATOPS_SKILL_PYTHON', { name, path: folder });
  }
  const found = sources.length === 0 ? 'no TypeScript or JavaScript' : sources.join(', ');
  throw chatOpsError('CHATOPS_SKILL_ENTRY', { name, found });
}
