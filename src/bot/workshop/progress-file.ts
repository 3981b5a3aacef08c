import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { newProgress, readProgress, type Progress } from '../../workshop';
import { writeFileAtomically } from '../config';
import { readText } from './bot-world';
import { progressPath } from './progress-folder';

/** Keeps a learner's progress in the workspace. Where that may not be written to, in memory alone. */
export class ProgressFile {
  private readonly file: string;

  /** @param key - who it is, besides the one whom the workspace belongs to. */
  constructor(workspace: string, key?: string) {
    this.file = progressPath(workspace, key);
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
