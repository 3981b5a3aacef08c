import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type * as Mongo from 'mongodb';
import type * as Postgres from 'pg';
import type * as Redis from 'redis';
import type { ZodObject, infer as Infer } from 'zod';
import { ProcessMemory, systemClock, type Clock, type MemoryStore } from '../../engine';
import { chatOpsError, ChatOpsError, didYouMean, type ErrorRecord } from '../../protocol';
import { readOptions, resolveFrom, type DatabaseSection } from '../config';
import { STATE_FOLDER } from '../logging';
import { OptionalPackage } from '../optional-package';
import { DatabaseCalls, secretsOf } from './database-calls';
import { FileMemory } from './file-memory';
import { databaseAliases, databaseSchemas, type DatabaseName } from './memory-config';
import { MongoMemory } from './mongo-memory';
import { PostgresMemory } from './postgres-memory';
import { RedisMemory } from './redis-memory';
import { findSqlite } from './sqlite-driver';
import { SqliteMemory } from './sqlite-memory';
import { UnavailableMemory } from './unavailable-memory';
import { fileReason } from '../file-reason';

/** What a memory needs to know of its bot. */
export interface OpenMemoryOptions {
  /** The bot's folder. */
  workspace: string;
  /** Where the configuration lies; paths in it start there. The workspace when absent. */
  folder?: string;
  /** Where packages may be installed that only some need; people are told the first one. */
  packageFolders?: readonly string[];
  clock?: Pick<Clock, 'now'>;
  /** Told of everything that people should correct, and where in the sections of databases. */
  onTrouble?: (error: ErrorRecord, database?: string, key?: string) => void;
}

type Place = Required<OpenMemoryOptions>;

type Openers = {
  [N in DatabaseName]: (
    section: Infer<(typeof databaseSchemas)[N]>,
    place: Place
  ) => Promise<MemoryStore> | MemoryStore;
};

const openers: Openers = {
  file: ({ name, path: location, sync }, place) => {
    const { clock } = place;
    const onTrouble = (error: ErrorRecord): void => place.onTrouble(error, name);
    return FileMemory.open(locate(location, 'memory', place), { clock, sync, onTrouble });
  },

  memory: (_, { clock }) => new ProcessMemory(clock),

  sqlite: async (section, place) => {
    const open = findSqlite(place.packageFolders);
    const file = locate(section.path ?? section.file, 'memory.sqlite', place);
    await mkdir(path.dirname(file), { recursive: true });
    return SqliteMemory.open({ open, file, table: section.table, clock: place.clock });
  },

  redis: (section, place) =>
    new RedisMemory({ package: load<typeof Redis>('redis', 'redis', place), section, ...place }),

  postgresql: (section, place) =>
    new PostgresMemory({
      package: load<typeof Postgres>('pg', 'postgresql', place),
      section,
      ...place
    }),

  mongo: (section, place) =>
    new MongoMemory({ package: load<typeof Mongo>('mongodb', 'mongo', place), section, ...place })
};

/**
 * Opens what skills remember with, as the section `databases` says: the first one that is enabled, or
 * files in the workspace when there is none.
 *
 * It never rejects: where files cannot be written that nobody asked for, memory ends with the bot, and
 * `onTrouble` is told; where a database cannot be opened, `onTrouble` is told and every use of the memory
 * rejects with the same error. A server that does not answer yet is no reason for that; it is asked
 * when it is needed.
 *
 * @example
 * ```ts
 * const memory = await openMemory([{ name: 'redis', host: 'db' }], { workspace });
 * ```
 */
export async function openMemory(
  databases: readonly DatabaseSection[],
  options: OpenMemoryOptions
): Promise<MemoryStore> {
  const place: Place = {
    folder: options.workspace,
    packageFolders: [options.workspace],
    clock: systemClock,
    onTrouble: () => undefined,
    ...options
  };
  const [first, ...others] = databases.filter(({ enabled }) => enabled !== false);
  if (first && others.length > 0) {
    const names = others.map(({ name }) => `\`${name}\``).join(', ');
    place.onTrouble(
      chatOpsError('CHATOPS_MEMORY_SEVERAL', { name: first.name, others: names }).record,
      others[0]!.name
    );
  }
  const section = first ?? { name: 'file', enabled: true };
  try {
    return await open(section, place);
  } catch (error) {
    if (!first) {
      // Nobody asked for files, so nobody is told to mend a database: the bot does without.
      const reason = fileReason(error);
      place.onTrouble(chatOpsError('CHATOPS_MEMORY_VOLATILE', { reason }, { cause: error }).record);
      return new ProcessMemory(place.clock);
    }
    const calls = new DatabaseCalls(section.name, secretsOf(section as { url?: string }));
    const trouble = error instanceof ChatOpsError ? error : calls.unavailable(error);
    place.onTrouble(trouble.record, section.name);
    return new UnavailableMemory(trouble);
  }
}

function open(section: DatabaseSection, place: Place): Promise<MemoryStore> | MemoryStore {
  const name = databaseAliases[section.name] ?? section.name;
  if (!Object.hasOwn(databaseSchemas, name)) {
    const known = Object.keys(databaseSchemas);
    throw chatOpsError('CHATOPS_MEMORY_UNKNOWN', {
      name: section.name,
      suggestion: retired[section.name] ?? didYouMean(section.name, known),
      known: known.join(', ')
    });
  }
  return openNamed(name as DatabaseName, section, place);
}

function openNamed<N extends DatabaseName>(
  name: N,
  section: DatabaseSection,
  place: Place
): Promise<MemoryStore> | MemoryStore {
  const schema: ZodObject = databaseSchemas[name];
  const known = Object.keys(schema.shape);
  for (const key of Object.keys(section).filter(key => !known.includes(key))) {
    place.onTrouble(
      chatOpsError('CHATOPS_CONFIG_UNKNOWN_KEY', {
        key: `databases.${section.name}.${key}`,
        suggestion: didYouMean(key, known)
      }).record,
      section.name,
      key
    );
  }
  return openers[name](readOptions(schema, section) as never, place);
}

/** opsdroid's databases that are not here, and what to take instead. */
const retired: Readonly<Record<string, string>> = {
  matrix: ': the state of a Matrix room is not a database here, `bot.memory.room(message)` is'
};

/** A path of the configuration, or a name in the bot's own folder. */
function locate(location: string | undefined, standard: string, place: Place): string {
  return location === undefined
    ? path.join(place.workspace, STATE_FOLDER, standard)
    : resolveFrom(place.folder, location);
}

function load<T>(name: string, database: DatabaseName, { packageFolders }: Place): T {
  return OptionalPackage.find<T>(name, packageFolders, `The database \`${database}\``).load();
}
