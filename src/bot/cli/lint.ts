import path from 'node:path';
import { chatOpsError, toErrorRecord, type ErrorRecord } from '../../protocol';
import { readConfiguration, readVariables, type Configuration, type SkillSection } from '../config';
import { lintPatterns } from './lint-patterns';
import { BUILTIN_NAMES, findEntry, originOf } from '../skills';

/** What is wrong with a configuration. */
export interface LintReport {
  errors: ErrorRecord[];
  warnings: ErrorRecord[];
}

/**
 * Checks a configuration file, that the skills it names are there, that they can be read, and that
 * their patterns can be matched in linear time.
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
  const skills = configuration.skills.map(skill => checkSource(skill, configuration, file));
  return {
    errors: [...configuration.errors, ...skills.flatMap(({ errors }) => errors)],
    warnings: [...configuration.warnings, ...skills.flatMap(({ warnings }) => warnings)]
  };
}

function checkSource(
  section: SkillSection,
  configuration: Configuration,
  file: string
): LintReport {
  const { name } = section;
  try {
    const place = configuration.placeOf('skills', name);
    const origin = originOf(section, path.dirname(file), place);
    if (origin.kind === 'path') {
      const place = configuration.placeOf('skills', name, 'path');
      const entry = findEntry(name, origin.location, place);
      const display = (found: string): string => path.relative(process.cwd(), found);
      return { errors: [], warnings: lintPatterns(entry, display) };
    } else if (origin.kind === 'builtin' && !BUILTIN_NAMES.includes(name)) {
      const known = BUILTIN_NAMES.join(', ');
      throw chatOpsError('CHATOPS_SKILL_SOURCE', { name, known }, place);
    }
    return { errors: [], warnings: [] };
  } catch (error) {
    return { errors: [toErrorRecord(error)], warnings: [] };
  }
}
