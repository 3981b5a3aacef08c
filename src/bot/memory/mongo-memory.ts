import type * as Mongo from 'mongodb';
import type { Clock, ListQuery, MemoryStore, PutOptions, StoredValue } from '../../engine';
import { nextVersion } from '../../engine';
import { DatabaseCalls, PATIENCE, secretsOf } from './database-calls';
import type { MongoSection } from './memory-config';

/** What a memory in MongoDB is made of. */
export interface MongoMemoryOptions {
  /** The package `mongodb`. */
  package: typeof Mongo;
  section: Omit<MongoSection, 'name'>;
  clock: Pick<Clock, 'now'>;
  /** How long a call may take, in milliseconds. */
  patience?: number;
}

/** How long the version of a value that is gone is kept, in milliseconds, so that it does not come back. */
const GRAVE_TIME = 86_400_000;

const CONNECT_TIMEOUT = 5000;

const DUPLICATE_KEY = 11_000;

/** One key, as a document. */
interface Entry {
  space: string;
  key: string;
  /** Nothing when it was deleted. */
  value: string | null;
  version: number;
  expires?: number;
  /** When MongoDB may take the document away. */
  purge?: Date;
}

/**
 * A memory in a collection of MongoDB. A change is one operation on one document, so nothing comes
 * between the check of a version and the change. A document stays for a day when its value is gone:
 * the next value goes on from its version.
 */
export class MongoMemory implements MemoryStore {
  private readonly client: Mongo.MongoClient;
  private readonly entries: Mongo.Collection<Entry>;
  private readonly calls: DatabaseCalls;
  private readonly clock: Pick<Clock, 'now'>;
  private prepared: Promise<unknown> | undefined;

  /** Does not wait for the connection. @throws the package's error for an address that is none. */
  constructor({ package: mongo, section, clock, patience = PATIENCE }: MongoMemoryOptions) {
    const { protocol, host, port, database, user, password, collection } = section;
    this.clock = clock;
    this.calls = new DatabaseCalls('mongo', secretsOf(section), patience);
    // An address of the kind `+srv` is looked up and has no port.
    const place = protocol.endsWith('+srv') ? host : `${host}:${port}`;
    this.client = new mongo.MongoClient(section.url ?? `${protocol}://${place}`, {
      ...(user !== undefined && { auth: { username: user, password: password ?? '' } }),
      serverSelectionTimeoutMS: Math.min(CONNECT_TIMEOUT, patience),
      connectTimeoutMS: CONNECT_TIMEOUT,
      socketTimeoutMS: patience,
      appName: 'chatops'
    });
    this.entries = this.client.db(database).collection<Entry>(collection, {
      // What was confirmed is on the disk, and on most members of a replica set.
      writeConcern: { w: 'majority', journal: true }
    });
  }

  get(space: string, key: string): Promise<StoredValue | undefined> {
    return this.call(async () => {
      const entry = await this.entries.findOne(this.live({ space, key }));
      return entry?.value === undefined || entry.value === null
        ? undefined
        : {
            value: entry.value,
            version: entry.version,
            ...(entry.expires !== undefined && { expires: entry.expires })
          };
    });
  }

  put(
    space: string,
    key: string,
    value: string,
    { expires, expected }: PutOptions = {}
  ): Promise<number | undefined> {
    const now = this.clock.now();
    const id = { space, key };
    const filter: Mongo.Filter<Entry> =
      expected === undefined
        ? id
        : expected === 0
          ? { ...id, $or: [{ value: null }, { expires: { $lte: now } }] }
          : this.live({ ...id, version: expected });
    const change = {
      $set: {
        // A text that begins with a dollar would be an expression.
        value: { $literal: value },
        version: { $max: [{ $add: ['$version', 1] }, nextVersion(0, now)] },
        expires: expires === undefined ? '$$REMOVE' : { $literal: expires },
        purge: expires === undefined ? '$$REMOVE' : { $literal: new Date(expires + GRAVE_TIME) }
      }
    };
    return this.call(async () => {
      const isNew = expected === undefined || expected === 0;
      const entry = await this.orConflict(
        () =>
          this.entries.findOneAndUpdate(filter, [change], {
            upsert: isNew,
            returnDocument: 'after',
            projection: { version: 1 }
          }),
        expected === undefined
      );
      return entry?.version;
    });
  }

  delete(space: string, key: string, expected?: number): Promise<boolean> {
    return this.call(async () => {
      const { matchedCount } = await this.entries.updateOne(
        this.live({ space, key, ...(expected !== undefined && { version: expected }) }),
        {
          $set: { value: null, purge: new Date(this.clock.now() + GRAVE_TIME) },
          $unset: { expires: '' }
        }
      );
      return matchedCount > 0;
    });
  }

  list(space: string, { prefix = '', limit = Infinity }: ListQuery = {}): Promise<string[]> {
    return this.call(async () => {
      const keys: string[] = [];
      const cursor = this.entries
        .find(this.live({ space, key: { $gte: prefix } }), { projection: { key: 1 } })
        .sort({ key: 1 });
      for await (const { key } of cursor) {
        if (keys.length >= limit || !key.startsWith(prefix)) {
          break;
        }
        keys.push(key);
      }
      return keys;
    });
  }

  async close(): Promise<void> {
    if (this.calls.close()) {
      await this.client.close();
    }
  }

  private live(filter: Mongo.Filter<Entry>): Mongo.Filter<Entry> {
    return {
      ...filter,
      value: { $ne: null },
      $or: [{ expires: { $exists: false } }, { expires: { $gt: this.clock.now() } }]
    };
  }

  /** Two who insert the same key at once: one of them is told of the other. */
  private async orConflict<T>(work: () => Promise<T>, again: boolean): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if ((error as { code?: unknown }).code !== DUPLICATE_KEY) {
        throw error;
      }
      return again ? work() : undefined;
    }
  }

  private call<T>(work: () => Promise<T>): Promise<T> {
    return this.calls.run(async () => {
      this.prepared ??= this.prepare();
      try {
        await this.prepared;
      } catch (error) {
        this.prepared = undefined;
        throw error;
      }
      return work();
    });
  }

  private prepare(): Promise<unknown> {
    return this.entries.createIndexes([
      { key: { space: 1, key: 1 }, unique: true },
      { key: { purge: 1 }, expireAfterSeconds: 0 }
    ]);
  }
}
