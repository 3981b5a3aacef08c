import {
  isLive,
  nextVersion,
  type Clock,
  type ListQuery,
  type MemoryStore,
  type PutOptions,
  type StoredValue
} from '../../engine';
import { DatabaseCalls } from './database-calls';
import { endOfPrefix } from './key-range';
import { PURGE_INTERVAL } from './purge';
import type { OpenDatabase, SqlDatabase, SqlStatement } from './sqlite-driver';

/** What a memory in SQLite is made of. */
export interface SqliteMemoryOptions {
  open: OpenDatabase;
  file: string;
  table: string;
  clock: Pick<Clock, 'now'>;
}

/** How long another process may keep the database to itself, in milliseconds. */
const BUSY = 2000;

interface Row {
  value: string;
  version: number;
  expires: number | null;
}

/**
 * A memory in an SQLite file. A write-ahead log with `synchronous = NORMAL`: what was confirmed
 * survives the end of the process; when the power fails the last changes may be lost, never the file.
 */
export class SqliteMemory implements MemoryStore {
  private readonly calls = new DatabaseCalls('sqlite', []);
  private readonly clock: Pick<Clock, 'now'>;
  private readonly statements: Record<
    'get' | 'put' | 'delete' | 'list' | 'last' | 'count' | 'purge',
    SqlStatement
  >;
  private purged = -Infinity;

  private constructor(
    private readonly database: SqlDatabase,
    { table, clock }: SqliteMemoryOptions
  ) {
    this.clock = clock;
    const [values, counter] = [`"${table}"`, `"${table}_version"`];
    // Keys are bytes: as text they would end at a zero character.
    database.exec(`
      PRAGMA busy_timeout = ${BUSY};
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS ${values} (
        space TEXT NOT NULL, key BLOB NOT NULL, value TEXT NOT NULL,
        version INTEGER NOT NULL, expires INTEGER, PRIMARY KEY (space, key)
      );
      CREATE INDEX IF NOT EXISTS "${table}_expires" ON ${values} (expires) WHERE expires IS NOT NULL;
      CREATE TABLE IF NOT EXISTS ${counter} (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL);
      INSERT INTO ${counter} VALUES (1, 0) ON CONFLICT DO NOTHING;
    `);
    this.statements = {
      get: database.prepare(
        `SELECT value, version, expires FROM ${values} WHERE space = ? AND key = ?`
      ),
      put: database.prepare(
        `INSERT INTO ${values} (space, key, value, version, expires) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (space, key) DO UPDATE
         SET value = excluded.value, version = excluded.version, expires = excluded.expires`
      ),
      delete: database.prepare(`DELETE FROM ${values} WHERE space = ? AND key = ?`),
      list: database.prepare(
        `SELECT key FROM ${values}
         WHERE space = ? AND key >= ? AND key < ? AND (expires IS NULL OR expires > ?)
         ORDER BY key LIMIT ?`
      ),
      last: database.prepare(`SELECT last FROM ${counter}`),
      count: database.prepare(`UPDATE ${counter} SET last = ?`),
      purge: database.prepare(`DELETE FROM ${values} WHERE expires <= ?`)
    };
  }

  /**
   * Opens the memory in a file, or begins one; the folder must be there.
   *
   * @throws ChatOpsError `CHATOPS_MEMORY_UNAVAILABLE`.
   */
  static open(options: SqliteMemoryOptions): SqliteMemory {
    try {
      const database = options.open(options.file);
      try {
        return new SqliteMemory(database, options);
      } catch (error) {
        database.close();
        throw error;
      }
    } catch (error) {
      throw new DatabaseCalls('sqlite', []).unavailable(error);
    }
  }

  get(space: string, key: string): Promise<StoredValue | undefined> {
    return this.calls.run(async () => this.find(space, key));
  }

  put(
    space: string,
    key: string,
    value: string,
    { expires, expected }: PutOptions = {}
  ): Promise<number | undefined> {
    return this.calls.run(async () =>
      this.atomically(() => {
        if (expected !== undefined && (this.find(space, key)?.version ?? 0) !== expected) {
          return undefined;
        }
        this.purge();
        const { last } = this.statements.last.get() as { last: number };
        const version = nextVersion(last, this.clock.now());
        this.statements.count.run(version);
        this.statements.put.run(space, Buffer.from(key), value, version, expires ?? null);
        return version;
      })
    );
  }

  delete(space: string, key: string, expected?: number): Promise<boolean> {
    return this.calls.run(async () =>
      this.atomically(() => {
        const stored = this.find(space, key);
        if (!stored || (expected !== undefined && stored.version !== expected)) {
          return false;
        }
        this.statements.delete.run(space, Buffer.from(key));
        return true;
      })
    );
  }

  list(space: string, { prefix = '', limit = -1 }: ListQuery = {}): Promise<string[]> {
    return this.calls.run(async () => {
      const start = Buffer.from(prefix);
      const rows = this.statements.list.all(
        space,
        start,
        endOfPrefix(start),
        this.clock.now(),
        limit
      ) as { key: Uint8Array }[];
      return rows.map(({ key }) => Buffer.from(key).toString());
    });
  }

  async close(): Promise<void> {
    if (this.calls.close()) {
      this.database.close();
    }
  }

  private find(space: string, key: string): StoredValue | undefined {
    const row = this.statements.get.get(space, Buffer.from(key)) as Row | undefined;
    if (!row) {
      return undefined;
    }
    const { value, version, expires } = row;
    const stored = { value, version, ...(expires !== null && { expires }) };
    return isLive(stored, this.clock.now()) ? stored : undefined;
  }

  private purge(): void {
    const now = this.clock.now();
    if (now - this.purged >= PURGE_INTERVAL) {
      this.purged = now;
      this.statements.purge.run(now);
    }
  }

  /** One transaction, against other processes with the same file; nothing else runs meanwhile in this one. */
  private atomically<T>(work: () => T): T {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }
}
