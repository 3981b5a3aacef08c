import type { HostAnswers, HostRequest, MemoryScope } from '../engine';
import { chatOpsError } from '../protocol';
import type { BotMemory, Memory, RememberOptions } from './api';
import { decodeValue, encodeValue } from './memory-value';

/** Asks the host for something. */
export type AskHost = <R extends HostRequest>(request: R) => Promise<HostAnswers[R['method']]>;

/** How often a change is tried again when others change the same value. */
const MOST_TRIES = 100;

/** One memory of a skill, kept by the host. */
export class SkillMemory implements Memory {
  constructor(
    protected readonly ask: AskHost,
    private readonly scope: MemoryScope
  ) {}

  async get(key: string, fallback?: unknown): Promise<any> {
    const stored = await this.ask({ method: 'memory.get', scope: this.scope, key });
    return stored ? decodeValue(stored.value) : fallback;
  }

  async put(key: string, value: unknown, options: RememberOptions = {}): Promise<void> {
    await this.write(key, value, options);
  }

  async update(
    key: string,
    change: (value: any) => unknown,
    options: RememberOptions = {}
  ): Promise<any> {
    for (let count = 0; count < MOST_TRIES; count++) {
      const stored = await this.ask({ method: 'memory.get', scope: this.scope, key });
      const value = await change(stored && decodeValue(stored.value));
      if (value === undefined) {
        if (!stored || (await this.forget(key, stored.version))) {
          return undefined;
        }
      } else if ((await this.write(key, value, options, stored?.version ?? 0)) !== undefined) {
        return value;
      }
    }
    throw chatOpsError('CHATOPS_MEMORY_CONTENTION', { key, count: MOST_TRIES });
  }

  delete(key: string): Promise<boolean> {
    return this.forget(key);
  }

  keys(prefix?: string): Promise<string[]> {
    return this.ask({
      method: 'memory.list',
      scope: this.scope,
      ...(prefix !== undefined && { prefix })
    });
  }

  private forget(key: string, expected?: number): Promise<boolean> {
    return this.ask({
      method: 'memory.delete',
      scope: this.scope,
      key,
      ...(expected !== undefined && { expected })
    });
  }

  private write(
    key: string,
    value: unknown,
    { ttl }: RememberOptions,
    expected?: number
  ): Promise<number | undefined> {
    if (ttl !== undefined && !(ttl > 0)) {
      throw chatOpsError('CHATOPS_MEMORY_VALUE', { key, reason: '`ttl` must be seconds above 0' });
    }
    return this.ask({
      method: 'memory.put',
      scope: this.scope,
      key,
      value: encodeValue(value, key),
      ...(ttl !== undefined && ttl !== Infinity && { ttl: ttl * 1000 }),
      ...(expected !== undefined && { expected })
    });
  }
}

/** A skill's own memory, with those beside it. */
export class SkillBotMemory extends SkillMemory implements BotMemory {
  readonly global: Memory;

  constructor(ask: AskHost) {
    super(ask, { of: 'skill' });
    this.global = new SkillMemory(ask, { of: 'global' });
  }

  user(who: string | { readonly userId: string }): Memory {
    return new SkillMemory(this.ask, {
      of: 'user',
      id: typeof who === 'string' ? who : who.userId
    });
  }

  room({ connector, room }: { readonly connector: string; readonly room: string }): Memory {
    return new SkillMemory(this.ask, { of: 'room', connector, room });
  }
}
