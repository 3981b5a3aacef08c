import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { Client } from 'pg';
import {
  findProgram,
  foldersIn,
  freePort,
  run,
  serverFolder,
  ServerProcess,
  unprivilegedUser
} from './server-process';

/** The password of every server of a test. */
export const PASSWORD = 'pa$$word/5ecret';

/** The user, where a server has users. */
export const USER = 'chatops';

/** A real database server that a test has started. */
export interface DatabaseServer {
  port: number;
  process: ServerProcess;
  /** Ends it and removes its files. */
  remove(): Promise<void>;
}

/** How a server is had, or why there is none. */
export interface ServerKind {
  name: string;
  /** Said in place of its tests when its program is not there. */
  missing: string | undefined;
  start(): Promise<DatabaseServer>;
}

const redisProgram = findProgram('redis-server', 'CHATOPS_REDIS_SERVER');

const postgresFolders = foldersIn('/usr/lib/postgresql').map(folder => path.join(folder, 'bin'));
const postgresProgram = findProgram('postgres', 'CHATOPS_POSTGRES', postgresFolders);
const initdbProgram = findProgram('initdb', 'CHATOPS_INITDB', postgresFolders);

/** `npm test` puts it there. */
const mongoProgram = findProgram('mongod', 'CHATOPS_MONGOD', [
  path.resolve('.tools/mongodb/fiftyone/db/bin')
]);

/** Redis. */
export const redisServer: ServerKind = {
  name: 'Redis',
  missing: missing(redisProgram, 'redis-server', 'CHATOPS_REDIS_SERVER'),
  start: async () => {
    const { folder, remove } = serverFolder();
    const port = await freePort();
    const options = {
      port: String(port),
      bind: '127.0.0.1',
      dir: folder,
      save: '',
      appendonly: 'yes',
      appendfsync: 'always',
      requirepass: PASSWORD
    };
    return started(port, remove, {
      program: redisProgram!,
      parameters: Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
      ready: 'Ready to accept connections'
    });
  }
};

/** PostgreSQL. */
export const postgresServer: ServerKind = {
  name: 'PostgreSQL',
  missing: missing(postgresProgram && initdbProgram, 'postgres', 'CHATOPS_POSTGRES'),
  start: async () => {
    const uid = unprivilegedUser();
    const { folder, remove } = serverFolder(uid);
    const data = path.join(folder, 'data');
    const passwordFile = path.join(folder, 'password');
    writeFileSync(passwordFile, PASSWORD);
    const initial = ['--username', USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
    await run(initdbProgram!, ['-D', data, '--no-sync', '-E', 'UTF8', ...initial], uid);
    const port = await freePort();
    const options = {
      port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      shared_buffers: '16MB'
    };
    const server = await started(port, remove, {
      program: postgresProgram!,
      parameters: [
        '-D',
        data,
        ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])
      ],
      ready: 'ready to accept connections',
      ...(uid !== undefined && { uid })
    });
    const client = new Client({
      host: '127.0.0.1',
      port,
      user: USER,
      password: PASSWORD,
      database: 'postgres'
    });
    await client.connect();
    await client.query('CREATE DATABASE chatops');
    await client.end();
    return server;
  }
};

/** MongoDB. */
export const mongoServer: ServerKind = {
  name: 'MongoDB',
  missing: missing(mongoProgram, 'mongod', 'CHATOPS_MONGOD'),
  start: async () => {
    const { folder, remove } = serverFolder();
    const port = await freePort();
    const server = await started(port, remove, {
      program: mongoProgram!,
      parameters: [
        ...Object.entries({ dbpath: folder, port, bind_ip: '127.0.0.1' }).flatMap(
          ([name, value]) => [`--${name}`, String(value)]
        ),
        '--auth',
        '--nounixsocket',
        '--wiredTigerCacheSizeGB=0.25',
        '--setParameter=diagnosticDataCollectionEnabled=false'
      ],
      ready: 'Waiting for connections'
    });
    // As long as there is no user, one may be made from the same machine.
    const client = new MongoClient(`mongodb://127.0.0.1:${port}`);
    const roles = [{ role: 'root', db: 'admin' }];
    await client.db('admin').command({ createUser: USER, pwd: PASSWORD, roles });
    await client.close();
    return server;
  }
};

async function started(
  port: number,
  remove: () => void,
  command: ConstructorParameters<typeof ServerProcess>[0]
): Promise<DatabaseServer> {
  const process = new ServerProcess(command);
  await process.start();
  return {
    port,
    process,
    remove: async () => {
      await process.stop();
      remove();
    }
  };
}

function missing(program: string | undefined, name: string, variable: string): string | undefined {
  return program
    ? undefined
    : `skipped: there is no ${name}; npm test installs it, or name one in ${variable}`;
}
