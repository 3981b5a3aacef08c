import type { Clock } from '../clock';
import type { ListQuery, MemoryStore, PutOptions, StoredValue } from './memory-store';
import { ValueTable } from './value-table';
import { nextVersion } from './version';

/** After so many changes what has expired is looked for and let go of. */
const CHANGES_BETWEEN_PURGES = 1000;

/** A store that ends with its process; opsdroid's `inmem`. */
export class ProcessMemory implements MemoryStore {
  private readonly table = new ValueTable();
  private last = 0;
  private changes = 0;

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  async get(space: string, key: string): Promise<StoredValue | undefined> {
    return this.table.get(space, key, this.clock.now());
  }

  async put(
    space: string,
    key: string,
    value: string,
    { expires, expected }: PutOptions = {}
  ): Promise<number | undefined> {
    const now = this.clock.now();
    if (expected !== undefined && (this.table.get(space, key, now)?.version ?? 0) !== expected) {
      return undefined;
    }
    if (++this.changes % CHANGES_BETWEEN_PURGES === 0) {
      this.table.purge(now);
    }
    this.last = nextVersion(this.last, now);
    this.table.set(space, key, {
      value,
      version: this.last,
      ...(expires !== undefined && { expires })
    });
    return this.last;
  }

  async delete(space: string, key: string, expected?: number): Promise<boolean> {
    const stored = this.table.get(space, key, this.clock.now());
    if (!stored || (expected !== undefined && stored.version !== expected)) {
      return false;
    }
    this.table.set(space, key, undefined);
    return true;
  }

  async list(space: string, query: ListQuery = {}): Promise<string[]> {
    return this.table.keys(space, query, this.clock.now());
  }

  async close(): Promise<void> {}
}
