import type { Clock } from '../clock';
import type { ListQuery, MemoryStore, PutOptions, StoredValue } from './memory-store';

/** A store that ends with its process; opsdroid's `inmem`. */
export class ProcessMemory implements MemoryStore {
  private readonly spaces = new Map<string, Map<string, StoredValue>>();
  /** Versions go on counting when a key is deleted and put again. */
  private count = 0;

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  get(space: string, key: string): Promise<StoredValue | undefined> {
    return Promise.resolve(this.live(space, key));
  }

  put(
    space: string,
    key: string,
    value: string,
    { expires, expected }: PutOptions = {}
  ): Promise<number | undefined> {
    if (expected !== undefined && (this.live(space, key)?.version ?? 0) !== expected) {
      return Promise.resolve(undefined);
    }
    const version = ++this.count;
    const values = this.spaces.get(space) ?? new Map<string, StoredValue>();
    this.spaces.set(space, values);
    values.set(key, { value, version, ...(expires !== undefined && { expires }) });
    return Promise.resolve(version);
  }

  delete(space: string, key: string): Promise<boolean> {
    const existed = this.live(space, key) !== undefined;
    this.spaces.get(space)?.delete(key);
    return Promise.resolve(existed);
  }

  list(space: string, { prefix = '', limit = Infinity }: ListQuery = {}): Promise<string[]> {
    const keys = [...(this.spaces.get(space)?.keys() ?? [])].filter(
      key => key.startsWith(prefix) && this.live(space, key) !== undefined
    );
    const ordered = keys.toSorted((a, b) => (a < b ? -1 : 1));
    return Promise.resolve(ordered.slice(0, limit));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private live(space: string, key: string): StoredValue | undefined {
    const values = this.spaces.get(space);
    const stored = values?.get(key);
    if (stored?.expires !== undefined && stored.expires <= this.clock.now()) {
      values!.delete(key);
      return undefined;
    }
    return stored;
  }
}
