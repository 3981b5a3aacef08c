import { existsSync } from 'node:fs';
import path from 'node:path';

/** The file that makes a folder a workspace. */
const CONFIGURATION = 'configuration.yaml';

/**
 * The workspace that the bot of a notebook will work in, before it was asked: the one that Jupyter
 * names, else the nearest folder upwards that has a configuration, else the notebook's own.
 */
export function expectedWorkspace(folder: string, environment = process.env): string {
  const told = environment.CHATOPS_WORKSPACE;
  if (told) {
    return path.resolve(folder, told);
  }
  for (let place = folder; ; place = path.dirname(place)) {
    if (existsSync(path.join(place, CONFIGURATION))) {
      return place;
    }
    if (place === path.dirname(place)) {
      return folder;
    }
  }
}
