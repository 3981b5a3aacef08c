import * as redis from 'redis';
import { expect, test } from 'vitest';
import { RedisMemory, redisSection } from '../../../src/bot/memory';
import { systemClock } from '../../../src/engine';
import { databaseSuite } from '../../support/database-suite';
import { PASSWORD, redisServer } from '../../support/servers';

databaseSuite(
  redisServer,
  ({ port, name, password, patience }, clock) =>
    new RedisMemory({
      package: redis,
      section: redisSection.parse({
        name: 'redis',
        host: '127.0.0.1',
        port,
        prefix: name,
        password
      }),
      clock,
      ...(patience !== undefined && { patience })
    }),
  server => {
    test('lets Redis itself forget what expires', async () => {
      const address = `redis://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${server().port}/0`;
      const section = redisSection.parse({ name: 'redis', url: address, prefix: 'expiring' });
      const memory = new RedisMemory({ package: redis, section, clock: systemClock });
      const client = redis.createClient({ url: address });
      await client.connect();
      try {
        await memory.put('global', 'a', '1', { expires: systemClock.now() + 60_000 });
        await memory.put('global', 'b', '1');
        const key = 'expiring:{global}:value:';
        const left = await client.pTTL(`${key}a`);
        expect(left).toBeGreaterThan(50_000);
        expect(left).toBeLessThanOrEqual(60_000);
        expect(await client.pTTL(`${key}b`)).toBe(-1);
        // Redis has let go of a value, and nobody has asked since.
        await client.pExpire(`${key}a`, 0);
        expect(await memory.list('global')).toEqual(['b']);
        expect(await memory.get('global', 'a')).toBeUndefined();
      } finally {
        client.destroy();
        await memory.close();
      }
    });

    test('clears the names of expired values away', async () => {
      let time = 1000;
      const section = redisSection.parse({
        name: 'redis',
        host: '127.0.0.1',
        port: server().port,
        password: PASSWORD,
        prefix: 'cleared'
      });
      const memory = new RedisMemory({ package: redis, section, clock: { now: () => time } });
      const client = redis.createClient({ socket: { port: server().port }, password: PASSWORD });
      await client.connect();
      try {
        for (let i = 0; i < 5; i++) {
          await memory.put('global', `k${i}`, '1', { expires: time + 100_000 });
        }
        time += 100_001;
        await memory.put('global', 'b', '1');
        expect(await client.zRange('cleared:{global}:keys', 0, -1)).toEqual(['b']);
        expect(await client.zCard('cleared:{global}:expiry')).toBe(0);
      } finally {
        client.destroy();
        await memory.close();
      }
    });
  }
);
