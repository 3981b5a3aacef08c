import path from 'node:path';
import { filesOf, patchConfiguration, skillFile, type Step } from '../../workshop';
import { readText } from './bot-world';

/** A file that a solution changes. */
export interface SolvedFile {
  path: string;
  before: string;
  after: string;
}

/** The files that some steps are about, as they are now; null for one that is not there. */
export async function filesNow(
  workspace: string,
  ...steps: readonly Step[]
): Promise<Record<string, string | null>> {
  const names = new Set(steps.flatMap(filesOf));
  const entries = [...names].map(
    async name => [name, (await readText(path.join(workspace, name))) ?? null] as const
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** The files that a step's solution changes: as they are, and as they would be. */
export async function solvedFiles(workspace: string, step: Step): Promise<SolvedFile[]> {
  const now = await filesNow(workspace, step);
  const after: Record<string, string> = {};
  for (const action of step.solution) {
    if ('apply' in action) {
      for (const [name, text] of Object.entries(step.solved)) {
        const isPatch = name === 'configuration.yaml';
        after[name] = isPatch ? patchConfiguration(now[name] ?? '', text) : text;
      }
    } else if ('write' in action) {
      after[action.write] = action.text;
    } else if ('cell' in action) {
      after[skillFile(action.cell)] = action.source;
    } else if ('edit' in action) {
      const text = after[action.edit] ?? now[action.edit] ?? '';
      after[action.edit] = text.replaceAll(action.find, action.put);
    }
  }
  return Object.entries(after).map(([name, text]) => ({
    path: name,
    before: now[name] ?? '',
    after: text
  }));
}
