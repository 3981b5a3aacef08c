import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock, type Clock, type MemoryStore } from '../../src/engine';
import { memoryContract } from './memory-contract';
import { freePort } from './servers/server-process';
import { PASSWORD, type DatabaseServer, type ServerKind } from './servers/database-server';

/** Opens a memory on a server. */
export type OpenOnServer = (
  place: {
    port: number;
    /** What keeps it from others on the server: the name of a table, of keys, of a collection. */
    name: string;
    password: string;
    patience?: number;
  },
  clock: Pick<Clock, 'now'>
) => MemoryStore;

/** What a memory on a server must do beyond the contract: be without its server, and find it again. */
export function databaseSuite(
  kind: ServerKind,
  open: OpenOnServer,
  more: (server: () => DatabaseServer) => void = () => undefined
): void {
  if (kind.missing !== undefined) {
    test.skip(`${kind.name} as a memory, ${kind.missing}`, () => undefined);
    return;
  }
  describe(kind.name, () => {
    let server: DatabaseServer;
    let count = 0;
    const newName = (): string => `memory${++count}`;
    beforeAll(async () => {
      server = await kind.start();
    }, 60_000);
    afterAll(() => server?.remove());

    memoryContract(kind.name, () => {
      const name = newName();
      return async clock => open({ port: server.port, name, password: PASSWORD }, clock);
    });

    const opened = (more: Partial<Parameters<OpenOnServer>[0]> = {}): MemoryStore => {
      const place = { port: server.port, name: newName(), password: PASSWORD, ...more };
      const store = open(place, systemClock);
      onTestFinished(() => store.close());
      return store;
    };

    const unavailable = (reason: RegExp): unknown =>
      expect.objectContaining({
        code: 'CHATOPS_MEMORY_UNAVAILABLE',
        message: expect.stringMatching(reason)
      });

    test('two bots at once make what is not there yet', async () => {
      const name = newName();
      const stores = Array.from({ length: 5 }, () => opened({ name }));
      await Promise.all(stores.map((store, i) => store.put('global', `k${i}`, '1')));
      expect(await stores[0]!.list('global')).toEqual(['k0', 'k1', 'k2', 'k3', 'k4']);
    });

    test('says that nobody is there', async () => {
      const store = opened({ port: await freePort(), patience: 2000 });
      await expect(store.get('global', 'a')).rejects.toEqual(unavailable(/cannot be reached/));
    });

    test('says that the password is wrong, and not what it is', async () => {
      const store = opened({ password: 'wr0ng-pa$$word' });
      const error = await store.get('global', 'a').catch((error: unknown) => error);
      expect(error).toEqual(unavailable(/auth|password/i));
      expect(JSON.stringify([error, (error as Error).stack])).not.toContain('wr0ng');
    });

    test('goes on when its server has been killed and is there again', async () => {
      const store = opened({ patience: 8000 });
      const version = (await store.put('global', 'a', '"kept"'))!;
      await server.process.stop('SIGKILL');
      await expect(store.put('global', 'a', '"lost"')).rejects.toEqual(unavailable(/./));
      await expect(store.get('global', 'a')).rejects.toEqual(unavailable(/./));
      await server.process.start();
      // The first call may still find a connection that is dead.
      const found = await store.get('global', 'a').catch(() => store.get('global', 'a'));
      expect(found).toEqual({ value: '"kept"', version });
      expect(await store.put('global', 'a', '"new"', { expected: version })).toBeGreaterThan(
        version
      );
    }, 60_000);

    test('does not wait for ever for a server that says nothing', async () => {
      const silent = createServer(socket => sockets.push(socket));
      const sockets: Socket[] = [];
      await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => {
        sockets.forEach(socket => socket.destroy());
        silent.close();
      });
      const { port } = silent.address() as AddressInfo;
      const store = opened({ port, patience: 500 });
      await expect(store.put('global', 'a', '2')).rejects.toEqual(unavailable(/./));
    });

    more(() => server);
  });
}
