import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a case sets up, and takes down again at its end, in the reverse order. */
export class Stage {
  private readonly endings: (() => unknown)[] = [];

  /** Plays something and takes down whatever it set up. */
  static async play<T>(scene: (stage: Stage) => Promise<T>): Promise<T> {
    const stage = new Stage();
    try {
      return await scene(stage);
    } finally {
      for (const end of stage.endings.toReversed()) {
        await end();
      }
    }
  }

  onEnd(end: () => unknown): void {
    this.endings.push(end);
  }

  /** A folder with these files. */
  folder(files: Readonly<Record<string, string>> = {}): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'chatops-conformance-'));
    this.onEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return folder;
  }
}
