import { expect, test } from 'vitest';
import { MASK, Secrets } from '../../../src/bot/config';

function knowing(configuration: unknown): Secrets {
  const secrets = new Secrets();
  secrets.learn(configuration);
  return secrets;
}

test('values under telling names are masked wherever they appear, others are not', () => {
  const secrets = knowing({
    connectors: [{ name: 'slack', 'bot-token': 'xoxb-123', url: 'https://slack' }],
    databases: { redis: { password: 'hunter2!' } },
    skills: [{ name: 'pager', api_key: 987654 }]
  });
  expect(secrets.mask('xoxb-123 hunter2! 987654 https://slack pager')).toBe(
    `${MASK} ${MASK} ${MASK} https://slack pager`
  );
});

test('a secret inside another one leaves no trace of either', () => {
  expect(knowing({ token: 'abcd', secret: 'abcd-efgh' }).mask('x abcd-efgh y')).toBe(`x ${MASK} y`);
});

test('short values are left alone: masking them would blot out ordinary words', () => {
  expect(knowing({ token: 'on' }).mask('on and on')).toBe('on and on');
});

test('values of frames are masked in their texts, and what makes them frames is kept', () => {
  const secrets = knowing({ token: 'message' });
  const frame = { type: 'message', message: { text: 'my message', list: ['a message', 4] } };
  expect(secrets.maskAll(frame)).toEqual({
    type: 'message',
    message: { text: `my ${MASK}`, list: [`a ${MASK}`, 4] }
  });
  const harmless = { type: 'ack', text: 'nothing here' };
  expect(secrets.maskAll(harmless)).toBe(harmless);
});

test('a secret with quotes is found inside JSON too', () => {
  const secret = 'a"b\\c';
  expect(knowing({ password: secret }).mask(JSON.stringify({ text: secret }))).toBe(
    `{"text":"${MASK}"}`
  );
});

test('the password inside an address is a secret, as it stands there and in clear', () => {
  const secrets = knowing({ databases: { redis: { url: 'redis://bot:hunter%2F2@db:6379/0' } } });
  expect(secrets.mask('redis://bot:hunter%2F2@db and hunter/2')).toBe(
    `redis://bot:${MASK}@db and ${MASK}`
  );
  expect(knowing({ url: 'https://example.org/a:word@b' }).mask('word')).toBe('word');
});
