import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  nextVersion,
  ValueTable,
  type Clock,
  type ListQuery,
  type MemoryStore,
  type PutOptions,
  type StoredValue
} from '../../engine';
import { chatOpsError, type ErrorRecord } from '../../protocol';
import { FolderLock } from './folder-lock';
import { MemoryLog, readLog, TEMPORARY, valueOf, type LogRecord } from './memory-log';
import { fileReason } from '../file-reason';

/** How much a log may grow, in bytes, before it is written anew. */
const GROWTH = 4 * 1024 * 1024;

/** What may be told of a memory in files. */
export interface FileMemoryOptions {
  clock: Pick<Clock, 'now'>;
  /** False to leave it to the operating system when the disk gets what was written. */
  sync?: boolean;
  growth?: number;
  /** Told when something in the files could not be read. */
  onTrouble?: (error: ErrorRecord) => void;
}

/** A change that is not safe yet. */
interface Change {
  record: LogRecord;
  undo: () => void;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * A memory in a folder, for one process: everything is held in memory, and every change is added to
 * a log. A change is confirmed when the disk has it (`fdatasync`, once for all changes that come in
 * meanwhile), so it survives the end of the process and of the machine's power.
 *
 * A log that has grown is written anew beside the old one, with what is still there, and takes its
 * place by a rename: there is a whole log at any moment.
 */
export class FileMemory implements MemoryStore {
  private readonly table = new ValueTable();
  private pending: Change[] = [];
  private writing: Promise<void> | undefined;
  /** The highest version given so far. */
  private last = 0;
  /** The size at which the log is written anew, in bytes. */
  private limit: number;
  /** A write failed, so the end of the log is not known. */
  private broken = false;
  private closed = false;

  private constructor(
    private readonly folder: string,
    private readonly lock: FolderLock,
    private log: MemoryLog,
    private readonly options: FileMemoryOptions
  ) {
    this.limit = log.size + (options.growth ?? GROWTH);
  }

  /**
   * Opens the memory in a folder, or begins one.
   *
   * @throws ChatOpsError `CHATOPS_MEMORY_IN_USE`, or the system's error when the folder cannot be used.
   */
  static async open(folder: string, options: FileMemoryOptions): Promise<FileMemory> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = await FolderLock.take(folder);
    try {
      return await FileMemory.restore(folder, lock, options);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  private static async restore(
    folder: string,
    lock: FolderLock,
    options: FileMemoryOptions
  ): Promise<FileMemory> {
    const { sync = true } = options;
    const names = await readdir(folder);
    const logs = names
      .filter(name => /^\d{6,}\.log$/.test(name))
      .toSorted((a, b) => numberOf(a) - numberOf(b));
    const newest = logs.at(-1);
    // What a crash left while a log was written anew.
    const leftovers = names.filter(name => name.endsWith(TEMPORARY));
    for (const name of [...leftovers, ...logs.slice(0, -1)]) {
      await rm(path.join(folder, name), { force: true });
    }
    if (newest === undefined) {
      const first = path.join(folder, logName(1));
      return new FileMemory(folder, lock, await MemoryLog.replace(first, [], sync), options);
    }
    const file = path.join(folder, newest);
    const { records, damaged, size } = await readLog(file);
    const log = await MemoryLog.continue(file, size, sync);
    const memory = new FileMemory(folder, lock, log, options);
    records.forEach(record => memory.apply(record));
    if (damaged > 0) {
      await memory.setAside(damaged);
    }
    return memory;
  }

  async get(space: string, key: string): Promise<StoredValue | undefined> {
    this.demandOpen();
    return this.table.get(space, key, this.now());
  }

  async put(
    space: string,
    key: string,
    value: string,
    { expires, expected }: PutOptions = {}
  ): Promise<number | undefined> {
    this.demandOpen();
    const now = this.now();
    if (expected !== undefined && (this.table.get(space, key, now)?.version ?? 0) !== expected) {
      return undefined;
    }
    const version = nextVersion(this.last, now);
    this.last = version;
    await this.change(space, key, { value, version, ...(expires !== undefined && { expires }) });
    return version;
  }

  async delete(space: string, key: string, expected?: number): Promise<boolean> {
    this.demandOpen();
    const stored = this.table.get(space, key, this.now());
    if (!stored || (expected !== undefined && stored.version !== expected)) {
      return false;
    }
    await this.change(space, key, undefined);
    return true;
  }

  async list(space: string, query: ListQuery = {}): Promise<string[]> {
    this.demandOpen();
    return this.table.keys(space, query, this.now());
  }

  async close(): Promise<void> {
    if (this.closed) {
      return;
    }
    this.closed = true;
    await this.writing;
    await this.log.close();
    await this.lock.release();
  }

  private now(): number {
    return this.options.clock.now();
  }

  private demandOpen(): void {
    if (this.closed) {
      throw this.unavailable('it has been closed');
    }
  }

  private unavailable(reason: string): Error {
    return chatOpsError('CHATOPS_MEMORY_UNAVAILABLE', { name: 'file', reason });
  }

  /** Makes a change at once, and resolves when it is safe; takes it back when it cannot be. */
  private change(space: string, key: string, stored: StoredValue | undefined): Promise<void> {
    const before = this.table.peek(space, key);
    this.table.set(space, key, stored);
    return new Promise((resolve, reject) => {
      const record: LogRecord = stored ? putRecord(space, key, stored) : { delete: [space, key] };
      const undo = (): void => this.table.set(space, key, before);
      this.pending.push({ record, undo, resolve, reject });
      this.writing ??= this.writePending();
    });
  }

  private async writePending(): Promise<void> {
    // What comes in during this turn of the event loop goes to the disk together.
    await new Promise<void>(resolve => setImmediate(resolve));
    while (this.pending.length > 0) {
      const batch = this.pending;
      this.pending = [];
      try {
        await this.write(batch.map(({ record }) => record));
        batch.forEach(({ resolve }) => resolve());
      } catch (error) {
        this.broken = true;
        // Later changes may rest on these, so none of them holds.
        const lost = [...batch, ...this.pending];
        this.pending = [];
        lost.toReversed().forEach(({ undo }) => undo());
        lost.forEach(({ reject }) => reject(this.unavailable(fileReason(error))));
      }
    }
    // In the same breath as the last look at what is pending, so that nothing falls between.
    this.writing = undefined;
  }

  private async write(records: LogRecord[]): Promise<void> {
    if (this.broken) {
      // The new log holds the records too: they are in the table already.
      await this.rewrite();
      this.broken = false;
      return;
    }
    await this.log.append(records);
    if (this.log.size > this.limit) {
      // The records are safe. Where there is no room for a second log, it is tried again later.
      this.limit = this.log.size * 2;
      await this.rewrite().catch(() => undefined);
    }
  }

  /** Writes a new log with what is here now, and lets it take the place of the old one. */
  private async rewrite(): Promise<void> {
    this.table.purge(this.now());
    const old = this.log;
    const { sync = true, growth = GROWTH } = this.options;
    const next = path.join(this.folder, logName(numberOf(path.basename(old.file)) + 1));
    // All at once: what changes while this is written comes after it in the log.
    const values = [...this.table.entries()];
    this.log = await MemoryLog.replace(next, records(this.last, values), sync);
    this.limit = this.log.size + Math.max(this.log.size, growth);
    await old.close().catch(() => undefined);
    await rm(old.file, { force: true }).catch(() => undefined);
  }

  /** Keeps a damaged log for people to look at, and goes on with a new one. */
  private async setAside(count: number): Promise<void> {
    const kept = path.join(this.folder, `damaged-${path.basename(this.log.file)}`);
    await copyFile(this.log.file, kept);
    await this.rewrite();
    this.options.onTrouble?.(chatOpsError('CHATOPS_MEMORY_DAMAGED', { count, file: kept }).record);
  }

  private apply(record: LogRecord): void {
    if ('put' in record) {
      const [space, key, version] = record.put;
      this.table.set(space, key, valueOf(record));
      this.last = Math.max(this.last, version);
    } else if ('delete' in record) {
      this.table.set(...record.delete, undefined);
    } else {
      this.last = Math.max(this.last, record.last);
    }
  }
}

function* records(
  last: number,
  values: readonly [space: string, key: string, stored: StoredValue][]
): Generator<LogRecord> {
  yield { memory: 1, last };
  for (const [space, key, stored] of values) {
    yield putRecord(space, key, stored);
  }
}

function putRecord(
  space: string,
  key: string,
  { value, version, expires = null }: Omit<StoredValue, 'expires'> & { expires?: number | null }
): LogRecord {
  return { put: [space, key, version, expires, value] };
}

function logName(number: number): string {
  return `${String(number).padStart(6, '0')}.log`;
}

function numberOf(name: string): number {
  return Number.parseInt(name, 10);
}
