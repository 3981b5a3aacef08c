import { compareCodePoints } from './key-order';
import type { ListQuery, StoredValue } from './memory-store';

/** True while a value is there. */
export function isLive(stored: Pick<StoredValue, 'expires'>, now: number): boolean {
  return stored.expires === undefined || stored.expires > now;
}

/** Values under keys in spaces, held in memory: what the stores of one process are made of. */
export class ValueTable {
  private readonly spaces = new Map<string, Map<string, StoredValue>>();

  /** What is under a key, even when it has expired. */
  peek(space: string, key: string): StoredValue | undefined {
    return this.spaces.get(space)?.get(key);
  }

  /** What is under a key and has not expired. */
  get(space: string, key: string, now: number): StoredValue | undefined {
    const stored = this.peek(space, key);
    return stored && isLive(stored, now) ? stored : undefined;
  }

  /** Puts a value under a key; nothing takes away what is there. */
  set(space: string, key: string, stored: StoredValue | undefined): void {
    const values = this.spaces.get(space) ?? new Map<string, StoredValue>();
    if (stored) {
      values.set(key, stored);
      this.spaces.set(space, values);
      return;
    }
    values.delete(key);
    if (values.size === 0) {
      this.spaces.delete(space);
    }
  }

  /** The keys of a space that have not expired, in the order of their code points. */
  keys(space: string, { prefix = '', limit = Infinity }: ListQuery, now: number): string[] {
    const values = this.spaces.get(space) ?? new Map<string, StoredValue>();
    const keys = [...values].flatMap(([key, stored]) =>
      key.startsWith(prefix) && isLive(stored, now) ? [key] : []
    );
    return keys.toSorted(compareCodePoints).slice(0, limit);
  }

  /** Takes away what has expired. */
  purge(now: number): void {
    for (const [space, key, stored] of this.entries()) {
      if (!isLive(stored, now)) {
        this.set(space, key, undefined);
      }
    }
  }

  /** Everything that is here. */
  *entries(): Generator<[space: string, key: string, stored: StoredValue]> {
    for (const [space, values] of this.spaces) {
      for (const [key, stored] of values) {
        yield [space, key, stored];
      }
    }
  }
}
