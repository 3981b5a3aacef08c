import type * as Redis from 'redis';
import {
  isLive,
  nextVersion,
  type Clock,
  type ListQuery,
  type MemoryStore,
  type PutOptions,
  type StoredValue
} from '../../engine';
import { DatabaseCalls, secretsOf } from './database-calls';
import { endOfPrefix } from './key-range';
import type { RedisSection } from './memory-config';
import { DELETE, LIST, PUT } from './redis-scripts';

/** What a memory in Redis is made of. */
export interface RedisMemoryOptions {
  /** The package `redis`. */
  package: typeof Redis;
  section: Omit<RedisSection, 'name'>;
  clock: Pick<Clock, 'now'>;
  /** How long a call may take, in milliseconds. */
  patience?: number;
}

/** The longest wait before the connection is tried again, in milliseconds. */
const LONGEST_PAUSE = 2000;

const CONNECT_TIMEOUT = 5000;

/** Lists are not limited unless they are told to be. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** The values of one space lie in one slot of a cluster: what stands in braces decides. */
function names(
  prefix: string,
  space: string
): Record<'value' | 'keys' | 'expiry' | 'last', string> {
  const base = `${prefix}:{${space}}`;
  return {
    value: `${base}:value:`,
    keys: `${base}:keys`,
    expiry: `${base}:expiry`,
    last: `${base}:version`
  };
}

/**
 * A memory in Redis, or in what speaks its protocol. Every change is one script, so nothing comes
 * between the check of a version and the change.
 */
export class RedisMemory implements MemoryStore {
  private readonly client: ReturnType<typeof Redis.createClient>;
  private readonly calls: DatabaseCalls;
  private readonly clock: Pick<Clock, 'now'>;
  private readonly prefix: string;
  private connecting: Promise<unknown> | undefined;

  /** Does not wait for the connection. @throws the package's error for an address that is none. */
  constructor({ package: redis, section, clock, patience }: RedisMemoryOptions) {
    const { url, host, port, database, user, password, prefix } = section;
    this.clock = clock;
    this.prefix = prefix;
    this.calls = new DatabaseCalls('redis', secretsOf(section), patience);
    const socket = {
      connectTimeout: CONNECT_TIMEOUT,
      reconnectStrategy: (count: number) => Math.min(50 * 2 ** count, LONGEST_PAUSE)
    };
    this.client = redis.createClient({
      ...(url === undefined
        ? { socket: { ...socket, host, port }, database }
        : { url, socket: socket as never }),
      ...(user !== undefined && { username: user }),
      ...(password !== undefined && { password }),
      // What could not be sent is refused, so that nobody waits for ever.
      disableOfflineQueue: true
    });
    this.client.on('error', () => undefined);
  }

  get(space: string, key: string): Promise<StoredValue | undefined> {
    return this.call(async () => {
      const name = names(this.prefix, space).value + key;
      const [value, version, expires] = await this.client.hmGet(name, [
        'value',
        'version',
        'expires'
      ]);
      if (typeof value !== 'string') {
        return undefined;
      }
      const stored = {
        value,
        version: Number(version),
        ...(typeof expires === 'string' && { expires: Number(expires) })
      };
      return isLive(stored, this.clock.now()) ? stored : undefined;
    });
  }

  async put(
    space: string,
    key: string,
    value: string,
    { expires, expected }: PutOptions = {}
  ): Promise<number | undefined> {
    const least = nextVersion(0, this.clock.now());
    const version = await this.script(PUT, space, key, [
      key,
      value,
      String(expires ?? ''),
      String(expected ?? ''),
      String(least)
    ]);
    return version === null ? undefined : Number(version);
  }

  async delete(space: string, key: string, expected?: number): Promise<boolean> {
    return (await this.script(DELETE, space, key, [key, String(expected ?? '')])) === 1;
  }

  async list(space: string, { prefix = '', limit = NO_LIMIT }: ListQuery = {}): Promise<string[]> {
    const start = Buffer.from(prefix);
    return (await this.script(LIST, space, '', [
      Buffer.concat([Buffer.from('['), start]),
      Buffer.concat([Buffer.from('('), endOfPrefix(start)]),
      String(limit)
    ])) as string[];
  }

  async close(): Promise<void> {
    if (this.calls.close() && this.client.isOpen) {
      this.client.destroy();
    }
  }

  private script(
    script: string,
    space: string,
    key: string,
    parameters: readonly (string | Buffer)[]
  ): Promise<unknown> {
    const { value, keys, expiry, last } = names(this.prefix, space);
    return this.call(() =>
      this.client.eval(script, {
        keys: [value + key, keys, expiry, last],
        arguments: [String(this.clock.now()), value, ...parameters] as string[]
      })
    );
  }

  private call<T>(work: () => Promise<T>): Promise<T> {
    return this.calls.run(async () => {
      await this.connected();
      return work();
    });
  }

  /** Resolves when there is a connection; rejects when an attempt to have one fails. */
  private async connected(): Promise<void> {
    if (this.client.isReady) {
      return;
    }
    this.connecting ??= new Promise<void>((resolve, reject) => {
      const settle = (error?: unknown): void => {
        this.connecting = undefined;
        this.client.off('ready', ready);
        this.client.off('error', settle);
        if (error === undefined) {
          resolve();
        } else {
          reject(error);
        }
      };
      const ready = (): void => settle();
      this.client.once('ready', ready);
      this.client.once('error', settle);
      if (!this.client.isOpen) {
        // It tries again by itself from now on; how an attempt ended is told by the events.
        this.client.connect().catch(settle);
      }
    });
    await this.connecting;
  }
}
