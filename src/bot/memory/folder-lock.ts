import { open, readFile, rm, stat } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { chatOpsError, createId } from '../../protocol';

/** A lock file that stays empty for so long, in milliseconds, was left by a process that died. */
const LONGEST_EMPTY = 5000;

/** How often a lock is tried for while others come and go. */
const MOST_TRIES = 5;

/** Who holds a folder, as its lock file says. */
interface Holder {
  id: string;
  pid: number;
  host: string;
  /** When that process was started, in the system's own count; tells it from one that got its number. */
  started: string | undefined;
}

/**
 * Keeps a folder to one process: a file that names the process. It does not outlive its process,
 * however that ended: a lock whose process is gone is taken over.
 *
 * It guards against a second process on the same machine. On another machine nobody can tell whether
 * the holder lives, so its lock is taken over as well.
 */
export class FolderLock {
  private constructor(
    private readonly file: string,
    private readonly id: string
  ) {}

  /** @throws ChatOpsError `CHATOPS_MEMORY_IN_USE`, or the system's error. */
  static async take(folder: string): Promise<FolderLock> {
    const file = path.join(folder, 'lock');
    const holder: Holder = {
      id: createId(),
      pid: process.pid,
      host: hostname(),
      started: startOf(process.pid)
    };
    for (let count = 0; count < MOST_TRIES; count++) {
      if ((await create(file, holder)) && (await read(file))?.id === holder.id) {
        return new FolderLock(file, holder.id);
      }
      const other = await read(file);
      if (other ? isAlive(other) : await isYoung(file)) {
        throw chatOpsError('CHATOPS_MEMORY_IN_USE', {
          path: folder,
          process: other ? String(other.pid) : 'starting'
        });
      }
      await rm(file, { force: true });
    }
    throw chatOpsError('CHATOPS_MEMORY_IN_USE', { path: folder, process: 'others' });
  }

  /** Lets others have the folder. */
  async release(): Promise<void> {
    if ((await read(this.file))?.id === this.id) {
      await rm(this.file, { force: true });
    }
  }
}

async function create(file: string, holder: Holder): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify(holder));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

async function read(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Somebody may be about to write into an empty lock file. */
async function isYoung(file: string): Promise<boolean> {
  const age = await stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => Infinity
  );
  return age < LONGEST_EMPTY;
}

function isAlive({ pid, host, started }: Holder): boolean {
  if (host !== hostname()) {
    return false;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    // It lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return started === startOf(pid);
}

/**
 * Fields 3 and 22 of `/proc/PID/stat`, see proc(5); nothing on systems without it, or for a process
 * that is dead and merely has not been taken note of by its parent.
 */
function startOf(pid: number): string | undefined {
  try {
    // The second field is a name in brackets, which may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return /[ZX]/.test(fields[0]!) ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
