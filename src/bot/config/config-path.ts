import { homedir } from 'node:os';
import path from 'node:path';

/** A path of the configuration as an absolute one: `~` is the home folder, the rest is relative to the file. */
export function resolveFrom(folder: string, location: string): string {
  return path.resolve(folder, location.replace(/^~(?=[\\/]|$)/, homedir()));
}

/** A path as people see it: relative to the workspace when it is inside, with forward slashes. */
export function displayPath(workspace: string, file: string): string {
  const relative = path.relative(workspace, file);
  const isInside = relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
  return (isInside ? relative : file).split(path.sep).join('/');
}
