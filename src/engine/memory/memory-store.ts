/** A value as a store keeps it. */
export interface StoredValue {
  /** The value as JSON, encoded by whoever put it. */
  value: string;
  /** Grows by at least one with each change of this key; never the same for two values of it. */
  version: number;
  /** When it stops being there, in whole milliseconds since 1970. */
  expires?: number;
}

/** What may be demanded of a change. */
export interface PutOptions {
  /** When the value stops being there, in whole milliseconds since 1970; never when absent. */
  expires?: number;
  /** Only if the value still has this version; 0 when there must be none. */
  expected?: number;
}

/** Which keys are wanted. */
export interface ListQuery {
  /** Only keys that begin with this. */
  prefix?: string;
  /** At most so many. */
  limit?: number;
}

/**
 * Keeps what skills remember: values under keys, in spaces that do not see each other.
 *
 * Every implementation is held to one contract suite. Methods reject with
 * `CHATOPS_MEMORY_UNAVAILABLE` when the store cannot be reached.
 */
export interface MemoryStore {
  /** What is kept under a key and has not expired. */
  get(space: string, key: string): Promise<StoredValue | undefined>;
  /** Keeps a value. Resolves to its version, or to nothing when the key did not have the expected one. */
  put(space: string, key: string, value: string, options?: PutOptions): Promise<number | undefined>;
  /** Forgets a value, if it has the expected version when one is given. True when it was forgotten. */
  delete(space: string, key: string, expected?: number): Promise<boolean>;
  /** The keys of a space that have not expired, in the order of their code points. */
  list(space: string, query?: ListQuery): Promise<string[]>;
  close(): Promise<void>;
}
