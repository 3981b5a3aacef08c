import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isLocal, resolveLocal } from '../../loader';

/** An import or export of a local file. Only whether it changed is asked, so an occasional miss is harmless. */
const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*(?:'([^'\n]+)'|"([^"\n]+)")/g;

/** More files than a notebook imports; beyond, changes of further ones go unnoticed. */
const MOST = 500;

/**
 * The local files that cells import, near or far, and whether they changed on disk: TypeScript's
 * server watches nothing by itself.
 */
export class LocalFiles {
  /** When each was changed last; nothing for one that is not there. */
  private readonly times = new Map<string, number | undefined>();

  /** Takes note of what a text imports. */
  follow(text: string, folder: string): void {
    for (const match of text.matchAll(SPECIFIER)) {
      const specifier = (match[1] ?? match[2])!;
      const file = isLocal(specifier) ? resolveLocal(specifier, folder) : undefined;
      if (file && !this.times.has(file) && this.times.size < MOST) {
        this.times.set(file, timeOf(file));
        this.follow(readText(file), path.dirname(file));
      }
    }
  }

  /** Those that changed since it was last asked. */
  changed(): string[] {
    const changed: string[] = [];
    for (const [file, time] of this.times) {
      const now = timeOf(file);
      if (now !== time) {
        changed.push(file);
        this.times.set(file, now);
        this.follow(readText(file), path.dirname(file));
      }
    }
    return changed;
  }
}

function timeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
