import { chatOpsError } from '../../protocol';
import { OptionalPackage } from '../optional-package';

/** A value of a column. */
export type SqlValue = string | number | Uint8Array | null;

/** A prepared statement, as `node:sqlite`, `better-sqlite3` and `libsql` all have it. */
export interface SqlStatement {
  run(...values: SqlValue[]): unknown;
  get(...values: SqlValue[]): unknown;
  all(...values: SqlValue[]): unknown[];
}

/** An open database, likewise. */
export interface SqlDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqlStatement;
  close(): unknown;
}

/** Opens a database file. */
export type OpenDatabase = (file: string) => SqlDatabase;

type DatabaseClass = new (file: string) => SqlDatabase;

/** Packages that bring SQLite and have the same methods; the first that is installed is taken. */
export const SQLITE_PACKAGES = ['better-sqlite3', 'libsql'] as const;

/**
 * Finds an SQLite: Node's own, or that of a package.
 *
 * @param folders - where a package may be installed.
 * @throws ChatOpsError `CHATOPS_MEMORY_SQLITE`.
 */
export function findSqlite(folders: readonly string[], own = nodeSqlite()): OpenDatabase {
  if (own) {
    return own;
  }
  for (const name of SQLITE_PACKAGES) {
    const found = packageSqlite(name, folders);
    if (found) {
      return found;
    }
  }
  throw chatOpsError('CHATOPS_MEMORY_SQLITE', {
    version: process.versions.node,
    folder: folders[0] ?? '.'
  });
}

/** Node's own SQLite, from Node 22.13 on. */
export function nodeSqlite(): OpenDatabase | undefined {
  const module = process.getBuiltinModule('node:sqlite') as
    { DatabaseSync: DatabaseClass } | undefined;
  return module && (file => new module.DatabaseSync(file));
}

/** The SQLite of a package, if it is installed. */
export function packageSqlite(
  name: (typeof SQLITE_PACKAGES)[number],
  folders: readonly string[]
): OpenDatabase | undefined {
  try {
    const module = OptionalPackage.find<DatabaseClass>(name, folders, 'The database `sqlite`');
    return file => new (module.load())(file);
  } catch {
    return undefined;
  }
}
