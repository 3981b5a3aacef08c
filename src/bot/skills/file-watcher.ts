import { watch, type FSWatcher } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';

/** How long files must stay as they are before it is told, in milliseconds. */
const QUIET = 25;

/** A file that is written without end is told all the same after so long, in milliseconds. */
const LONGEST_BURST = 2000;

/** How often files are looked at where the system tells of changes, in milliseconds. */
const SLOW_POLL = 2000;

/** The same where it does not. */
const FAST_POLL = 500;

/** Some file systems keep times in whole seconds, some in two of them. In milliseconds. */
const COARSEST_TIME = 2000;

/**
 * File systems that other machines write to without this one being told: NFS, SMB and its forebears,
 * FUSE, 9P, the shared folders of VirtualBox and VMware, Ceph, AFS.
 *
 * Source: statfs(2), linux/magic.h.
 */
const REMOTE: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x65735546, 0x01021997, 0x786f4256, 0xbacbacbc,
  0x00c36400, 0x5346414f
]);

/** What a file looked like before the first look. */
const NEVER = 'never';

/** How files are watched. */
export interface WatchOptions {
  /** Look at them every so many milliseconds; found out when absent. */
  poll?: number | undefined;
}

interface Watched {
  /** What it looked like when it was told last. */
  told: string;
  /** What it looked like when it was looked at last. */
  seen: string;
  /** The folder whose changes tell of it; nothing before the first look. */
  folder: string | undefined;
}

/**
 * Tells when files change: edited in place, replaced by an editor's rename, created where there was
 * none, deleted. A burst of changes is told once, when it is over, and a file that is half written is
 * not told before it is whole.
 *
 * What the system tells is taken as a hint to look at the files of a folder, and all files are looked at
 * from time to time as well: in containers and on network drives the system tells nothing, and nowhere
 * does it promise to tell all.
 *
 * A file is also told when the watch over it begins, since it may have changed just before; whoever
 * listens compares the content with what it knows.
 */
export class FileWatcher {
  private readonly files = new Map<string, Watched>();
  private readonly folders = new Map<string, FSWatcher | undefined>();
  /** Folders in which something may have happened. */
  private readonly stirred = new Set<string>();
  private poll: number | undefined;
  private looking: Promise<void> = Promise.resolve();
  private burst: number | undefined;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private polling: ReturnType<typeof setTimeout> | undefined;
  private isRemote = false;
  /** False when it may have to listen to other folders than it does. */
  private areFoldersKnown = true;
  private ended = false;

  /**
   * @param onChange - called with the files of one burst, as absolute paths; `isFirst` when the watch over
   * all of them has only begun, and they may be as they were before.
   */
  constructor(
    private readonly onChange: (files: ReadonlySet<string>, isFirst: boolean) => void,
    { poll = pollFromEnvironment() }: WatchOptions = {}
  ) {
    this.poll = poll;
  }

  /** Looks at the files every so many milliseconds; nothing lets it find out. */
  setPoll(poll = pollFromEnvironment()): void {
    if (poll !== this.poll) {
      this.poll = poll;
      clearTimeout(this.polling);
      this.polling = this.lookLater();
    }
  }

  /** Watches these files and no others; there need not be such files yet. */
  setFiles(files: Iterable<string>): void {
    const wanted = new Set(files);
    for (const file of this.files.keys()) {
      if (!wanted.has(file)) {
        this.files.delete(file);
        this.areFoldersKnown = false;
      }
    }
    let isNew = false;
    for (const file of wanted) {
      if (!this.files.has(file)) {
        isNew = true;
        this.files.set(file, { told: NEVER, seen: NEVER, folder: undefined });
      }
    }
    if (isNew) {
      this.note();
    }
    this.polling ??= this.lookLater();
  }

  async close(): Promise<void> {
    this.ended = true;
    clearTimeout(this.settling);
    clearTimeout(this.polling);
    this.folders.forEach(watcher => watcher?.close());
    this.folders.clear();
    await this.looking;
  }

  /** Something may have happened in a folder. */
  private stir(folder: string): void {
    this.stirred.add(folder);
    this.note();
  }

  /** Something may have changed: look once all is quiet. */
  private note(): void {
    if (!this.ended) {
      this.burst ??= performance.now();
      clearTimeout(this.settling);
      this.settling = setTimeout(() => {
        this.settling = undefined;
        this.look(() => this.unsettled());
      }, QUIET);
    }
  }

  private lookLater(): ReturnType<typeof setTimeout> {
    const delay = this.poll ?? (this.isRemote ? FAST_POLL : SLOW_POLL);
    const timer = setTimeout(() => {
      this.look(() => this.files);
      this.polling = this.ended ? undefined : this.lookLater();
    }, delay);
    timer.unref();
    return timer;
  }

  private look(files: () => Iterable<[string, Watched]>): void {
    this.looking = this.looking.then(() => this.lookAtThese(files()));
  }

  /** The files that are new, have changed without being told, or lie where something may have happened. */
  private unsettled(): [string, Watched][] {
    const files = [...this.files].filter(
      ([, { told, seen, folder }]) =>
        folder === undefined ||
        seen !== told ||
        this.stirred.has(folder) ||
        // The folder itself may have been replaced.
        this.stirred.has(path.dirname(folder))
    );
    this.stirred.clear();
    return files;
  }

  private async lookAtThese(files: Iterable<[string, Watched]>): Promise<void> {
    const looks = await Promise.all(
      [...files].map(async ([file, watched]) => ({ file, watched, look: await lookAt(file) }))
    );
    if (this.ended) {
      return;
    }
    for (const { watched, look } of looks) {
      this.areFoldersKnown &&= watched.folder === look.folder;
      watched.folder = look.folder;
    }
    if (!this.areFoldersKnown) {
      this.areFoldersKnown = true;
      this.watchFolders();
    }
    const changed = looks.filter(({ watched, look }) => look.form !== watched.told);
    const isMoving = changed.some(({ watched, look }) => look.form !== watched.seen);
    looks.forEach(({ watched, look }) => (watched.seen = look.form));
    const isLong = performance.now() - (this.burst ?? performance.now()) > LONGEST_BURST;
    if (isMoving && !isLong) {
      this.note();
      return;
    }
    this.burst = undefined;
    const told = new Set(changed.map(({ file }) => file));
    const isFirst = changed.every(({ watched }) => watched.told === NEVER);
    changed.forEach(({ watched, look }) => (watched.told = look.form));
    if (told.size > 0) {
      if (changed.some(({ look }) => look.isCoarse)) {
        // Another save within the same second would look the same.
        setTimeout(() => !this.ended && this.onChange(told, isFirst), COARSEST_TIME).unref();
      }
      this.onChange(told, isFirst);
    }
  }

  /** Listens to the folders that files lie in, or would appear in. */
  private watchFolders(): void {
    const folders = new Set<string>();
    for (const { folder } of this.files.values()) {
      if (folder !== undefined) {
        folders.add(folder);
      }
    }
    for (const [folder, watcher] of this.folders) {
      if (!folders.has(folder)) {
        watcher?.close();
        this.folders.delete(folder);
      }
    }
    for (const folder of folders) {
      if (!this.folders.has(folder)) {
        this.folders.set(folder, this.listen(folder));
        void isRemoteFolder(folder).then(isRemote => (this.isRemote ||= isRemote));
        // It may have changed before it was listened to.
        this.stir(folder);
      }
    }
  }

  private listen(folder: string): FSWatcher | undefined {
    try {
      const watcher = watch(folder, { persistent: false }, () => this.stir(folder));
      watcher.on('error', () => this.forget(folder, watcher));
      return watcher;
    } catch {
      // It may not be listened to, or there are too many already: then it is looked at.
      return undefined;
    }
  }

  private forget(folder: string, watcher: FSWatcher): void {
    watcher.close();
    if (this.folders.get(folder) === watcher) {
      this.folders.delete(folder);
      // Who looks at it next listens to what is there then.
      this.areFoldersKnown = false;
      this.stir(folder);
    }
  }
}

/** What a file looks like from outside, and where a change of it would show. */
interface Look {
  /** The same for as long as nothing has changed. */
  form: string;
  folder: string;
  /** True when its time says less than it could. */
  isCoarse: boolean;
}

async function lookAt(file: string): Promise<Look> {
  try {
    const { mtimeMs, size, ino, dev } = await stat(file);
    const isRecent = Math.abs(Date.now() - mtimeMs) < COARSEST_TIME;
    // Replaced by a rename, it is another file in its folder.
    const form = [mtimeMs, size, ino, dev].join(' ');
    return { form, folder: path.dirname(file), isCoarse: isRecent && mtimeMs % 1000 === 0 };
  } catch {
    return { form: 'missing', folder: await nearestFolder(path.dirname(file)), isCoarse: false };
  }
}

/** The folder, or the nearest one above it that is there. */
async function nearestFolder(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    found => found.isDirectory(),
    () => false
  );
  const parent = path.dirname(folder);
  return isThere || parent === folder ? folder : nearestFolder(parent);
}

async function isRemoteFolder(folder: string): Promise<boolean> {
  try {
    return REMOTE.has((await statfs(folder)).type);
  } catch {
    return false;
  }
}

/** `CHATOPS_WATCH_POLL`, in seconds. */
function pollFromEnvironment(): number | undefined {
  const seconds = Number(process.env.CHATOPS_WATCH_POLL);
  return seconds > 0 ? seconds * 1000 : undefined;
}
