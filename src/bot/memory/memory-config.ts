import * as z from 'zod';
import { databaseSchema } from '../config/definition';

/** A variable of the environment gives text where a number is meant. */
const port = z.coerce.number().int().min(1).max(65_535);

/** Digits alone are a number in YAML. */
const password = z.preprocess(
  value => (typeof value === 'number' ? String(value) : value),
  z.string().min(1)
);

const identifier = z
  .string()
  .regex(
    /^[A-Za-z_]\w{0,47}$/,
    'must be letters, digits and `_`, beginning with a letter, at most 48 characters'
  );

const { name, enabled } = databaseSchema.shape;

/** An address, whose password must not get into an error. */
const url = z
  .string()
  .min(1)
  .optional()
  .describe('The whole address, in place of host, port and so on.');

/** Files in the workspace. */
export const fileSection = z.object({
  name,
  enabled,
  path: z
    .string()
    .min(1)
    .optional()
    .describe('The folder. Default: .chatops/memory in the workspace.'),
  sync: z
    .boolean()
    .default(true)
    .describe('Wait until the disk has it. False is faster, and a power failure may cost changes.')
});

/** Nothing that lasts. */
export const memorySection = z.object({ name, enabled });

/** An SQLite file. */
export const sqliteSection = z.object({
  name,
  enabled,
  path: z
    .string()
    .min(1)
    .optional()
    .describe('The database file. Default: .chatops/memory.sqlite in the workspace.'),
  file: z.string().min(1).optional().describe("The same as path; opsdroid's old name for it."),
  table: identifier
    .default('chatops_memory')
    .describe('The table. Others begin with the same name.')
});

/** A Redis server. */
export const redisSection = z.object({
  name,
  enabled,
  url,
  host: z.string().min(1).default('localhost').describe('Where the server is.'),
  port: port.default(6379).describe("The server's port."),
  database: z.coerce.number().int().min(0).default(0).describe('The number of the database.'),
  user: z.string().min(1).optional().describe('Who the bot is there.'),
  password: password.optional().describe('The password.'),
  prefix: z
    .string()
    .regex(/^[^{}]+$/, 'must not hold braces')
    .default('chatops')
    .describe('What the names of all its keys begin with. Bots that share a server need their own.')
});

/** A PostgreSQL server. */
export const postgresSection = z.object({
  name,
  enabled,
  url,
  host: z
    .string()
    .min(1)
    .default('localhost')
    .describe('Where the server is, or its socket folder.'),
  port: port.default(5432).describe("The server's port."),
  database: z.string().min(1).default('chatops').describe('The database. It must exist.'),
  user: z.string().min(1).optional().describe('Who the bot is there.'),
  password: password.optional().describe('The password.'),
  table: identifier
    .default('chatops_memory')
    .describe('The table. It is made when it does not exist.')
});

/** A MongoDB server. */
export const mongoSection = z.object({
  name,
  enabled,
  url,
  protocol: z
    .enum(['mongodb', 'mongodb+srv'])
    .default('mongodb')
    .describe('How the server is found: mongodb+srv looks it up and needs no port.'),
  host: z.string().min(1).default('localhost').describe('Where the server is.'),
  port: port.default(27_017).describe("The server's port."),
  database: z.string().min(1).default('chatops').describe('The database.'),
  user: z.string().min(1).optional().describe('Who the bot is there.'),
  password: password.optional().describe('The password.'),
  collection: z
    .string()
    .regex(/^[A-Za-z_][\w.-]{0,100}$/, 'must be letters, digits, `_`, `-` and `.`')
    .default('memory')
    .describe('The collection.')
});

/** The section of a Redis server. */
export type RedisSection = Omit<z.infer<typeof redisSection>, 'enabled'>;

/** The section of a PostgreSQL server. */
export type PostgresSection = Omit<z.infer<typeof postgresSection>, 'enabled'>;

/** The section of a MongoDB server. */
export type MongoSection = Omit<z.infer<typeof mongoSection>, 'enabled'>;

/** The databases by name, with what each may be told. */
export const databaseSchemas = {
  file: fileSection,
  memory: memorySection,
  sqlite: sqliteSection,
  redis: redisSection,
  postgresql: postgresSection,
  mongo: mongoSection
} as const;

/** The name of a database. */
export type DatabaseName = keyof typeof databaseSchemas;

/** Other names that people write. */
export const databaseAliases: Readonly<Record<string, DatabaseName>> = {
  inmem: 'memory',
  mongodb: 'mongo',
  postgres: 'postgresql'
};
