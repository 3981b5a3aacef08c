import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chatOpsError } from '../../protocol';
import { formatNotebook, notebookFromMarkdown, solutionNotebook } from '../../workshop';
import { defaultConfiguration, writeFileAtomically } from '../config';
import { loadWorkshop } from '../workshop';
import { workshopTemplate } from './workshop-template';

/** A notebook that was made, and whether its file was different before. */
export interface BuiltNotebook {
  file: string;
  changed: boolean;
}

/** What of a workshop's folder belongs to steps, and is no text of its own. */
const STEPS = `steps${path.sep}`;

/**
 * Makes a notebook from each Markdown file below a folder, next to it.
 *
 * @param solutions - where to put notebooks with the solutions in them, instead.
 * @throws ChatOpsError `CHATOPS_WORKSHOP_INVALID`.
 */
export function buildWorkshop(folder: string, solutions?: string): BuiltNotebook[] {
  const workshop = solutions === undefined ? undefined : loadWorkshop(folder);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md') && !name.startsWith(STEPS))
    .toSorted()
    .map(name => {
      const notebook = notebookFromMarkdown(readFileSync(path.join(folder, name), 'utf8'));
      const file = path.join(solutions ?? folder, name.replace(/\.md$/, '.ipynb'));
      const text = formatNotebook(
        workshop ? solutionNotebook(notebook, workshop, defaultConfiguration) : notebook
      );
      const changed = read(file) !== text;
      if (changed) {
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileAtomically(file, text);
      }
      return { file, changed };
    });
}

/**
 * Writes the beginning of a workshop.
 *
 * @returns the files that were written.
 * @throws ChatOpsError when there is one already.
 */
export function newWorkshop(folder: string): string[] {
  if (existsSync(path.join(folder, 'workshop.yaml'))) {
    throw chatOpsError('CHATOPS_USAGE', { reason: `There is a workshop in ${folder} already` });
  }
  const written = Object.entries(workshopTemplate).map(([name, text]) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileAtomically(file, text);
    return file;
  });
  return [...written, ...buildWorkshop(folder).map(({ file }) => file)];
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
