import * as pg from 'pg';
import { expect, test } from 'vitest';
import { PostgresMemory, postgresSection } from '../../../src/bot/memory';
import { databaseSuite } from '../../support/database-suite';
import { PASSWORD, postgresServer, USER } from '../../support/servers';

databaseSuite(
  postgresServer,
  ({ port, name, password, patience }, clock) =>
    new PostgresMemory({
      package: pg,
      section: postgresSection.parse({
        name: 'postgresql',
        host: '127.0.0.1',
        port,
        user: USER,
        password,
        table: name
      }),
      clock,
      ...(patience !== undefined && { patience })
    }),
  server => {
    test('takes an address, makes its table when it is gone, and deletes what has expired', async () => {
      let time = 1000;
      const url = `postgresql://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${server().port}/chatops`;
      const memory = new PostgresMemory({
        package: pg,
        section: postgresSection.parse({ name: 'postgresql', url, table: 'purged' }),
        clock: { now: () => time }
      });
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        await memory.put('global', 'old', '1');
        await client.query('DROP TABLE purged');
        await expect(memory.get('global', 'old')).rejects.toMatchObject({
          code: 'CHATOPS_MEMORY_UNAVAILABLE'
        });
        // It is made anew, and nothing else is to be done.
        await memory.put('global', 'a', '1', { expires: 2000 });
        time += 3_600_000;
        await memory.put('global', 'b', '1');
        await memory.close();
        expect((await client.query('SELECT key FROM purged')).rows).toEqual([
          { key: Buffer.from('b') }
        ]);
      } finally {
        await client.end();
      }
    });
  }
);
