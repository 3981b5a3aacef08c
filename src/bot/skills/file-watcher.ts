import { existsSync } from 'node:fs';
import path from 'node:path';
import { watch, type FSWatcher } from 'chokidar';

/** How long a burst of changes must be over before it is told, in milliseconds. */
const QUIET = 30;

/** Folders that no author edits. */
const IGNORED = /(^|[\\/])(node_modules|\.git|\.chatops|\.ipynb_checkpoints)([\\/]|$)/;

/**
 * Tells when files change: edited in place, replaced by an editor's rename, created where there was
 * none. A burst of changes is told once.
 *
 * A file is also told when the watch over it begins, since it may have changed just before; whoever
 * listens compares the content with what it knows.
 */
export class FileWatcher {
  /** One for each path: taking a folder out of a common one would blind it for all that lies below. */
  private readonly watchers = new Map<string, FSWatcher>();
  private readonly changed = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onChange - called with the files of one burst, as absolute paths. */
  constructor(private readonly onChange: (files: ReadonlySet<string>) => void) {}

  /** Watches these files and no others; for one that does not exist, the place where it would appear. */
  setFiles(files: Iterable<string>): void {
    const wanted = new Set([...files].map(nearest));
    for (const [file, watcher] of this.watchers) {
      if (!wanted.has(file)) {
        this.watchers.delete(file);
        void watcher.close();
      }
    }
    for (const file of wanted) {
      if (!this.watchers.has(file)) {
        this.watchers.set(file, this.watch(file));
      }
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    await Promise.all([...this.watchers.values()].map(watcher => watcher.close()));
  }

  private watch(file: string): FSWatcher {
    const watcher = watch(file, {
      ignored: path => IGNORED.test(path),
      // A file that is not there yet is seen by its folder; nobody needs what lies deeper.
      depth: 1
    });
    watcher.on('all', (_event, changed) => this.note(path.resolve(changed)));
    // A folder that may not be read, or too many watches: what can be watched still is.
    watcher.on('error', () => undefined);
    return watcher;
  }

  private note(file: string): void {
    this.changed.add(file);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const files = new Set(this.changed);
      this.changed.clear();
      this.onChange(files);
    }, QUIET);
  }
}

function nearest(file: string): string {
  return existsSync(file) || path.dirname(file) === file ? file : nearest(path.dirname(file));
}
