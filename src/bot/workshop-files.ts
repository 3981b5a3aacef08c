import { cpSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { chatOpsError } from '../protocol';
import { fileReason } from './file-reason';

/** The language when none is asked for, or there is no workshop in the one that is. */
const DEFAULT_LANGUAGE = 'en';

/**
 * Puts the workshop's files into a workspace. What is there already stays as it is.
 *
 * @param source - the folder with one folder for each language.
 * @param language - such as `en` or `de-CH`.
 * @returns the notebook, relative to the workspace.
 * @throws ChatOpsError `CHATOPS_WORKSPACE_READ_ONLY`.
 */
export function copyWorkshop(
  source: string,
  workspace: string,
  language = DEFAULT_LANGUAGE
): string {
  const folder = [language, language.split('-')[0]!, DEFAULT_LANGUAGE]
    .map(name => path.join(source, path.basename(name)))
    .find(existsSync)!;
  try {
    cpSync(folder, workspace, { recursive: true, force: false, errorOnExist: false });
  } catch (error) {
    throw chatOpsError('CHATOPS_WORKSPACE_READ_ONLY', {
      path: workspace,
      consequence: `the workshop cannot be put there (${fileReason(error)})`
    });
  }
  return readdirSync(folder).find(name => name.endsWith('.ipynb'))!;
}
