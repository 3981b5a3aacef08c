import { existsSync } from 'node:fs';
import path from 'node:path';
import { CONFIGURATION_NAME } from '../config';

/**
 * The workspace that a command is about: the one named; else `CHATOPS_WORKSPACE`, by which Jupyter
 * tells its kernels; else the nearest folder upwards that has a configuration; else this folder.
 */
export function findWorkspace(named: string | undefined, from = process.cwd()): string {
  const told = named ?? process.env.CHATOPS_WORKSPACE;
  if (told) {
    return path.resolve(from, told);
  }
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, CONFIGURATION_NAME))) {
      return folder;
    }
    if (folder === path.dirname(folder)) {
      return from;
    }
  }
}
