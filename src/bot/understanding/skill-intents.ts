import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { resolveFrom, type Configuration } from '../config';

/** What a skill's training data is called; opsdroid's name for it. */
const INTENTS_NAME = 'intents.yml';

/**
 * The text of each `intents.yml` that lies with a configured skill, each file once.
 *
 * @param folder - what relative paths are relative to.
 * @throws Error when one cannot be read.
 */
export function readSkillIntents(configuration: Configuration, folder: string): string[] {
  const files = configuration.skills.flatMap(({ path: location }) => {
    if (location === undefined) {
      return [];
    }
    const place = resolveFrom(folder, location);
    const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
    const file = path.join(isFolder ? place : path.dirname(place), INTENTS_NAME);
    return existsSync(file) ? [file] : [];
  });
  return [...new Set(files)].map(file => readFileSync(file, 'utf8'));
}
