import path from 'node:path';
import { chatOpsError, toErrorRecord, type ErrorRecord } from '../../protocol';
import {
  readConfiguration,
  readVariables,
  resolveFrom,
  type Configuration,
  type SkillSection
} from '../config';
import { BUILTIN_NAMES, findEntry } from '../skills';

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
  { name, path: location }: SkillSection,
  configuration: Configuration,
  file: string
): ErrorRecord[] {
  try {
    if (location !== undefined) {
      const place = configuration.placeOf('skills', name, 'path');
      findEntry(name, resolveFrom(path.dirname(file), location), place);
    } else if (!BUILTIN_NAMES.includes(name)) {
      throw chatOpsError(
        'CHATOPS_SKILL_SOURCE',
        { name, known: BUILTIN_NAMES.join(', ') },
        configuration.placeOf('skills', name)
      );
    }
    return [];
  } catch (error) {
    return [toErrorRecord(error)];
  }
}
