import type * as Postgres from 'pg';
import type { Clock, ListQuery, MemoryStore, PutOptions, StoredValue } from '../../engine';
import { nextVersion } from '../../engine';
import { DatabaseCalls, PATIENCE, secretsOf } from './database-calls';
import { endOfPrefix } from './key-range';
import type { PostgresSection } from './memory-config';
import { PURGE_INTERVAL } from './purge';

/** What a memory in PostgreSQL is made of. */
export interface PostgresMemoryOptions {
  /** The package `pg`. */
  package: typeof Postgres;
  section: Omit<PostgresSection, 'name'>;
  clock: Pick<Clock, 'now'>;
  /** How long a call may take, in milliseconds. */
  patience?: number;
}

const CONNECT_TIMEOUT = 5000;

const MOST_CONNECTIONS = 4;

/** Bots that create the table at the same time wait for each other under this number: "chat" in ASCII. */
const CREATION_LOCK = 0x63686174;

interface Row {
  value: string;
  /** PostgreSQL's 64 bits, as text. */
  version: string;
  expires: string | null;
}

/**
 * A memory in a table of PostgreSQL, made when it is first used. A change is one statement, and
 * versions come from a sequence, so nothing comes between the check of a version and the change.
 */
export class PostgresMemory implements MemoryStore {
  private readonly pool: Postgres.Pool;
  private readonly calls: DatabaseCalls;
  private readonly clock: Pick<Clock, 'now'>;
  private readonly table: string;
  private created: Promise<unknown> | undefined;
  private purged = -Infinity;

  /** Does not wait for the connection. @throws the package's error for an address that is none. */
  constructor({ package: pg, section, clock, patience = PATIENCE }: PostgresMemoryOptions) {
    const { url, host, port, database, user, password, table } = section;
    this.clock = clock;
    this.table = table;
    this.calls = new DatabaseCalls('postgresql', secretsOf(section), patience);
    this.pool = new pg.Pool({
      ...(url === undefined ? { host, port, database } : { connectionString: url }),
      ...(user !== undefined && { user }),
      ...(password !== undefined && { password }),
      max: MOST_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      query_timeout: patience,
      keepAlive: true,
      application_name: 'chatops'
    });
    // A connection that breaks while it is idle leaves the pool; the next call makes another.
    this.pool.on('error', () => undefined);
  }

  async get(space: string, key: string): Promise<StoredValue | undefined> {
    const [row] = await this.query<Row>(
      `SELECT value, version, expires FROM "${this.table}"
       WHERE space = $1 AND key = $2 AND (expires IS NULL OR expires > $3)`,
      [space, Buffer.from(key), this.clock.now()]
    );
    return (
      row && {
        value: row.value,
        version: Number(row.version),
        ...(row.expires !== null && { expires: Number(row.expires) })
      }
    );
  }

  async put(
    space: string,
    key: string,
    value: string,
    { expires = null, expected }: Omit<PutOptions, 'expires'> & { expires?: number | null } = {}
  ): Promise<number | undefined> {
    const now = this.clock.now();
    const next = `nextval('"${this.table}_version"')`;
    const parameters = [space, Buffer.from(key), value, expires];
    const insert = `
      INSERT INTO "${this.table}" AS kept (space, key, value, version, expires)
      VALUES ($1, $2, $3, ${next}, $4)
      ON CONFLICT (space, key) DO UPDATE
      SET value = excluded.value, version = ${next}, expires = excluded.expires`;
    const [row] = await (expected === undefined
      ? this.query<Row>(`${insert} RETURNING version`, parameters)
      : expected === 0
        ? this.query<Row>(`${insert} WHERE kept.expires <= $5 RETURNING version`, [
            ...parameters,
            now
          ])
        : this.query<Row>(
            `UPDATE "${this.table}" SET value = $3, version = ${next}, expires = $4
             WHERE space = $1 AND key = $2 AND version = $6 AND (expires IS NULL OR expires > $5)
             RETURNING version`,
            [...parameters, now, expected]
          ));
    await this.purge(now);
    return row && Number(row.version);
  }

  async delete(space: string, key: string, expected?: number): Promise<boolean> {
    const rows = await this.query(
      `DELETE FROM "${this.table}"
       WHERE space = $1 AND key = $2 AND (expires IS NULL OR expires > $3)
       AND ($4::bigint IS NULL OR version = $4) RETURNING 1`,
      [space, Buffer.from(key), this.clock.now(), expected ?? null]
    );
    return rows.length > 0;
  }

  async list(space: string, { prefix = '', limit }: ListQuery = {}): Promise<string[]> {
    const start = Buffer.from(prefix);
    const rows = await this.query<{ key: Buffer }>(
      `SELECT key FROM "${this.table}"
       WHERE space = $1 AND key >= $2 AND key < $3 AND (expires IS NULL OR expires > $4)
       ORDER BY key LIMIT $5`,
      [space, start, endOfPrefix(start), this.clock.now(), limit ?? null]
    );
    return rows.map(({ key }) => key.toString());
  }

  async close(): Promise<void> {
    if (this.calls.close()) {
      await this.pool.end();
    }
  }

  private query<R extends object>(sql: string, parameters: unknown[]): Promise<R[]> {
    return this.calls.run(async () => {
      this.created ??= this.create();
      try {
        await this.created;
        return (await this.pool.query<R>(sql, parameters)).rows;
      } catch (error) {
        // It may be that somebody has dropped the table; the next call looks.
        this.created = undefined;
        throw error;
      }
    });
  }

  /** Makes what is not there yet. Keys are bytes: text cannot hold a zero character, and sorts by language. */
  private async create(): Promise<void> {
    const { table } = this;
    const names = [`"${table}"`, `"${table}_version"`];
    const { rows } = await this.pool.query<{ isThere: boolean }>(
      'SELECT to_regclass($1) IS NOT NULL AND to_regclass($2) IS NOT NULL AS "isThere"',
      names
    );
    if (rows[0]?.isThere) {
      // Who may not make tables may use one that is there.
      return;
    }
    // Several statements in one query are one transaction.
    await this.pool.query(`
      SELECT pg_advisory_xact_lock(${CREATION_LOCK});
      CREATE TABLE IF NOT EXISTS "${table}" (
        space text NOT NULL, key bytea NOT NULL, value text NOT NULL,
        version bigint NOT NULL, expires bigint, PRIMARY KEY (space, key)
      );
      CREATE INDEX IF NOT EXISTS "${table}_expires" ON "${table}" (expires) WHERE expires IS NOT NULL;
      CREATE SEQUENCE IF NOT EXISTS "${table}_version" START ${nextVersion(0, this.clock.now())};
    `);
  }

  private async purge(now: number): Promise<void> {
    if (now - this.purged >= PURGE_INTERVAL) {
      this.purged = now;
      const sql = `DELETE FROM "${this.table}" WHERE expires <= $1`;
      // If it fails now, there will be another time.
      await this.query(sql, [now]).catch(() => undefined);
    }
  }
}
