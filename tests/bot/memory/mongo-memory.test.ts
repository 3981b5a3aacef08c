import * as mongo from 'mongodb';
import { expect, test } from 'vitest';
import { MongoMemory, mongoSection } from '../../../src/bot/memory';
import { systemClock } from '../../../src/engine';
import { databaseSuite } from '../../support/database-suite';
import { mongoServer, PASSWORD, USER } from '../../support/servers';

databaseSuite(
  mongoServer,
  ({ port, name, password, patience }, clock) =>
    new MongoMemory({
      package: mongo,
      section: mongoSection.parse({
        name: 'mongo',
        host: '127.0.0.1',
        port,
        user: USER,
        password,
        collection: name
      }),
      clock,
      ...(patience !== undefined && { patience })
    }),
  server => {
    test('takes an address, and lets MongoDB itself forget what expires', async () => {
      const url = `mongodb://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${server().port}`;
      const memory = new MongoMemory({
        package: mongo,
        section: mongoSection.parse({ name: 'mongo', url, collection: 'expiring' }),
        clock: systemClock
      });
      const client = new mongo.MongoClient(url);
      try {
        const expires = systemClock.now() + 60_000;
        await memory.put('global', 'a', '1', { expires });
        await memory.put('global', 'b', '1');
        await memory.put('global', 'c', '1');
        await memory.delete('global', 'c');
        const entries = client.db('chatops').collection('expiring');
        expect(await entries.indexes()).toContainEqual(
          expect.objectContaining({ key: { purge: 1 }, expireAfterSeconds: 0 })
        );
        const [a, b, c] = await entries.find().sort({ key: 1 }).toArray();
        // A day later than it is gone for skills, so that its version does not come back.
        expect(a!.purge).toEqual(new Date(expires + 86_400_000));
        expect(b!.purge).toBeUndefined();
        expect([c!.value, c!.purge]).toEqual([null, expect.any(Date)]);
      } finally {
        await client.close();
        await memory.close();
      }
    });
  }
);
