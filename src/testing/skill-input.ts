import { existsSync } from 'node:fs';
import path from 'node:path';
import { resolveLocal } from '../loader';
import { chatOpsError } from '../protocol';
import { MatchedSkill } from '../skill/host';
import type { NamedSkill, SkillInput } from './api';

/** A skill to be tested, once it is clear what was meant. */
export interface SkillOrigin {
  name: string;
  /** The file to begin with, as an absolute path; for a source, the one it might have. */
  entry: string;
  source?: string;
  exports?: Readonly<Record<string, unknown>>;
  config: Readonly<Record<string, unknown>>;
}

/**
 * What was meant by a skill of a test.
 *
 * @param index - its place among the skills, for one without a name.
 * @param root - the folder that paths begin in.
 * @throws ChatOpsError `CHATOPS_SKILL_PATH`.
 */
export function originOf(input: SkillInput, index: number, root: string): SkillOrigin {
  if (typeof input === 'string') {
    const { name, entry } = find(input, root);
    return { name, entry, config: {} };
  }
  const number = index === 0 ? '' : String(index + 1);
  const given: NamedSkill = isNamed(input)
    ? input
    : input instanceof MatchedSkill
      ? { name: `skill${number}`, exports: { matched: input } }
      : { name: `skill${number}`, exports: input as Readonly<Record<string, unknown>> };
  const { name, source, exports, config = {} } = given;
  const entry =
    given.path === undefined
      ? path.resolve(root, 'skills', name, 'index.ts')
      : find(given.path, root).entry;
  return {
    name,
    entry,
    config,
    ...(source !== undefined && { source }),
    ...(exports && { exports })
  };
}

function isNamed(input: Exclude<SkillInput, string>): input is NamedSkill {
  return (
    'name' in input &&
    typeof input.name === 'string' &&
    ['path', 'source', 'exports'].some(key => key in input)
  );
}

/** A file, a folder, or the name of a folder of `skills`. */
function find(given: string, root: string): { name: string; entry: string } {
  const entry = resolveLocal(given, root) ?? resolveLocal(path.join('skills', given), root);
  if (entry === undefined || !existsSync(entry)) {
    throw chatOpsError('CHATOPS_SKILL_PATH', { name: nameOf(given), path: given });
  }
  return { name: nameOf(given), entry };
}

function nameOf(given: string): string {
  const base = path.basename(given).replace(/\.[cm]?[jt]s$/, '');
  return base === 'index' ? path.basename(path.dirname(path.resolve(given))) : base;
}
