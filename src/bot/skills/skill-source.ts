import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isFile, resolveLocal } from '../../loader';
import { chatOpsError, fingerprint, type ErrorRecord } from '../../protocol';
import { isNotebook } from './sources';

/** The skills that come with ChatOps and need no path. */
export const BUILTIN_NAMES: readonly string[] = ['devtools'];

/** Where the skills of a workspace lie when nothing else is said. */
export const SKILLS_FOLDER = 'skills';

/**
 * The file a skill begins with.
 *
 * @param location - its file or folder, as an absolute path.
 * @param place - where the configuration names it, for errors.
 * @throws ChatOpsError `CHATOPS_SKILL_PATH` or `CHATOPS_SKILL_PYTHON`.
 */
export function findEntry(
  name: string,
  location: string,
  place: Pick<ErrorRecord, 'where' | 'excerpt'> = {}
): string {
  const entry = resolveLocal(location, path.dirname(location));
  if (entry && !entry.endsWith('.json')) {
    if (entry.endsWith('.py')) {
      throw chatOpsError('CHATOPS_SKILL_PYTHON', { name, path: location }, place);
    }
    return entry;
  }
  if (isFile(path.join(location, '__init__.py'))) {
    throw chatOpsError('CHATOPS_SKILL_PYTHON', { name, path: location }, place);
  }
  throw chatOpsError('CHATOPS_SKILL_PATH', { name, path: location }, place);
}

/** The file that a skill's source is to be written to: the one it has, or the one it should have. */
export function entryToWrite(location: string): string {
  const existing = resolveLocal(location, path.dirname(location));
  if (existing && !existing.endsWith('.json')) {
    return existing;
  }
  const isFolder =
    path.extname(location) === '' ||
    statSync(location, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? path.join(location, 'index.ts') : location;
}

/** What is to be written over what stands in a file. */
export interface Overwriting {
  readonly name: string;
  readonly source: string;
  /** The fingerprints of what the author has seen of the file; undefined where nobody keeps that. */
  readonly known: readonly string[] | undefined;
  /** The fingerprint of what someone wrote to the file without looking. */
  readonly unguarded: string | undefined;
  /** The file, as people are told of it. */
  readonly file: string;
}

/**
 * Makes sure that nothing is overwritten that its author has not seen.
 *
 * @param entry - the file that is to be written; it need not be there.
 * @throws ChatOpsError `CHATOPS_SKILL_CONFLICT`.
 */
export function checkOverwriting(
  entry: string,
  { name, source, known, unguarded, file }: Overwriting
): void {
  // Of a notebook, only one cell is the skill, and whoever works in it writes it.
  if (known === undefined || isNotebook(entry) || !isFile(entry)) {
    return;
  }
  const written = fingerprint(readFileSync(entry, 'utf8'));
  if (![...known, unguarded, fingerprint(source)].includes(written)) {
    throw chatOpsError('CHATOPS_SKILL_CONFLICT', { name, file });
  }
}
