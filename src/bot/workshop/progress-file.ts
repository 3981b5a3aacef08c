import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { newProgress, readProgress, type Progress } from '../../workshop';
import { writeFileAtomically } from '../config';
import { STATE_FOLDER } from '../logging';
import { readText } from './bot-world';

/** The progress of whoever a workspace belongs to. */
const OWN = 'workshop.json';

/** The folder of everyone else's. */
const OTHERS = 'workshop';

/** Keeps a learner's progress in the workspace. Where that may not be written to, in memory alone. */
export class ProgressFile {
  private readonly file: string;

  /** @param key - who it is, besides the one whom the workspace belongs to. */
  constructor(workspace: string, key?: string) {
    const name = key === undefined ? OWN : path.join(OTHERS, `${encodeURIComponent(key)}.json`);
    this.file = path.join(workspace, STATE_FOLDER, name);
  }

  /** The keys of all who have begun a workshop in a workspace besides its owner. */
  static others(workspace: string): string[] {
    try {
      return readdirSync(path.join(workspace, STATE_FOLDER, OTHERS))
        .filter(name => name.endsWith('.json'))
        .map(name => decodeURIComponent(name.slice(0, -'.json'.length)));
    } catch {
      return [];
    }
  }

  /** Whether a workshop was begun in this workspace. */
  async exists(): Promise<boolean> {
    return (await readText(this.file)) !== undefined;
  }

  /** The progress in a workshop; nothing when it was not begun here. */
  async read(workshop: string): Promise<Progress | undefined> {
    const text = await readText(this.file);
    return text === undefined ? undefined : readProgress(text, workshop);
  }

  /** The progress in a workshop, which begins where it has not. */
  async readOrBegin(workshop: string, language: string): Promise<Progress> {
    return (await this.read(workshop)) ?? newProgress(workshop, language);
  }

  write(progress: Progress): void {
    try {
      mkdirSync(path.dirname(this.file), { recursive: true });
      writeFileAtomically(this.file, `${JSON.stringify(progress, null, 1)}\n`);
    } catch {
      // Learning goes on; only its progress will not outlive the bot.
    }
  }
}
