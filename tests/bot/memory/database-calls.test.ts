import { describe, expect, test } from 'vitest';
import { DatabaseCalls, secretsOf } from '../../../src/bot/memory/database-calls';

/** What people read when a driver fails with this. */
function told(error: unknown, section: Parameters<typeof secretsOf>[0] = {}): string {
  return new DatabaseCalls('redis', secretsOf(section)).unavailable(error).message;
}

describe('what a driver says', () => {
  test.each([
    ['the password', { password: 'pa$$word' }, 'login with pa$$word failed'],
    ['the password as an address has it', { password: 'a/b' }, 'bad address a%2Fb'],
    ['the password of the address', { url: 'redis://u:a%2Fb@host' }, 'no a%2Fb, and no a/b'],
    ['a password with a slash', { url: 'redis://u:a/b@host' }, 'redis://u:a/b@host is no address'],
    ['an address that it has made itself', {}, 'cannot reach redis://u:a/b@host:1/0']
  ])('is told without %s', (_, section, message) => {
    expect(told(new Error(message), section)).not.toMatch(/pa\$\$word|a\/b|a%2Fb/);
    expect(told(new Error(message), section)).toContain('••••••');
  });

  test('is told as it is where nothing is secret', () => {
    expect(told(new Error('connect ECONNREFUSED 127.0.0.1:1.'))).toBe(
      'The database `redis` cannot be reached: connect ECONNREFUSED 127.0.0.1:1.'
    );
    expect(told(new AggregateError([new Error('first'), new Error('second')]))).toContain('first');
  });
});

test('a call that takes too long is given up', async () => {
  const calls = new DatabaseCalls('redis', [], 20);
  await expect(calls.run(() => new Promise(() => undefined))).rejects.toMatchObject({
    code: 'CHATOPS_MEMORY_UNAVAILABLE',
    message: expect.stringContaining('did not answer within 0.02 s')
  });
});
