/** How a value is remembered. */
export interface RememberOptions {
  /** For how long, in seconds; for ever when absent. */
  ttl?: number;
}

/**
 * What a skill remembers, beyond the end of the bot. Values come back exactly as they were put: texts,
 * numbers, booleans, null, lists, plain objects, dates, bytes, bigints, maps and sets.
 */
export interface Memory {
  /**
   * What is remembered under a key, or the fallback.
   *
   * @example
   * ```ts
   * const count = await bot.memory.get('count', 0);
   * ```
   */
  get<T = unknown>(key: string): Promise<T | undefined>;
  get<T>(key: string, fallback: T): Promise<T>;
  /** Remembers a value. */
  put(key: string, value: unknown, options?: RememberOptions): Promise<void>;
  /**
   * Changes a value, so that no change of another handler at the same time is lost: the function is
   * called again with the newer value if there was one.
   *
   * @param change - gets what is remembered, or nothing, and returns what shall be; nothing to forget it.
   * @returns what is remembered now.
   *
   * @example
   * ```ts
   * const count = await bot.memory.update('count', (count = 0) => count + 1);
   * ```
   */
  update<T = any>(
    key: string,
    change: (value: T | undefined) => T | undefined | Promise<T | undefined>,
    options?: RememberOptions
  ): Promise<T>;
  /** Forgets a value. True when there was one. */
  delete(key: string): Promise<boolean>;
  /** The keys, in order; those that begin with a prefix when one is given. */
  keys(prefix?: string): Promise<string[]>;
}

/** What this skill remembers, and memories beside it. */
export interface BotMemory extends Memory {
  /** What this skill remembers about one person. */
  user(who: string | { readonly userId: string }): Memory;
  /** What this skill remembers about one room. */
  room(where: { readonly connector: string; readonly room: string }): Memory;
  /** What all skills share. */
  readonly global: Memory;
}
