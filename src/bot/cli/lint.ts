import path from 'node:path';
import { chatOpsError, toErrorRecord, type ErrorRecord } from '../../protocol';
import { readConfiguration, readVariables, type Configuration, type SkillSection } from '../config';
import { BUILTIN_NAMES, findEntry, originOf } from '../skills';

/** What is wrong with a configuration. */
export interface LintReport {
  errors: ErrorRecord[];
  warnings: ErrorRecord[];
}

/**
 * Checks a configuration file and that the skills it names are there.
 *
 * @param file - an absolute path.
 * @param workspace - the bot's folder, where `.env` lies.
 */
export function lintConfiguration(file: string, workspace: string): LintReport {
  let configuration: Configuration;
  try {
    configuration = readConfiguration(
      file,
      path.relative(process.cwd(), file),
      readVariables(workspace)
    );
  } catch (error) {
    return { errors: [toErrorRecord(error)], warnings: [] };
  }
  const missing = configuration.skills.flatMap(skill => checkSource(skill, configuration, file));
  return {
    errors: [...configuration.errors, ...missing],
    warnings: [...configuration.warnings]
  };
}

function checkSource(
  section: SkillSection,
  configuration: Configuration,
  file: string
): ErrorRecord[] {
  const { name } = section;
  try {
    const place = configuration.placeOf('skills', name);
    const origin = originOf(section, path.dirname(file), place);
    if (origin.kind === 'path') {
      findEntry(name, origin.location, configuration.placeOf('skills', name, 'path'));
    } else if (origin.kind === 'builtin' && !BUILTIN_NAMES.includes(name)) {
      const known = BUILTIN_NAMES.join(', ');
      throw chatOpsError('CHATOPS_SKILL_SOURCE', { name, known }, place);
    }
    return [];
  } catch (error) {
    return [toErrorRecord(error)];
  }
}
