import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatNotebook, notebookFromMarkdown } from '../../workshop';
import { writeFileAtomically } from '../config';

/** A notebook that was made, and whether its file was different before. */
export interface BuiltNotebook {
  file: string;
  changed: boolean;
}

/** Makes a notebook from each Markdown file below a folder, next to it. */
export function buildWorkshop(folder: string): BuiltNotebook[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md'))
    .toSorted()
    .map(name => {
      const source = path.join(folder, name);
      const file = source.replace(/\.md$/, '.ipynb');
      const text = formatNotebook(notebookFromMarkdown(readFileSync(source, 'utf8')));
      const changed = read(file) !== text;
      if (changed) {
        writeFileAtomically(file, text);
      }
      return { file, changed };
    });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
