import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loggingSchema, Secrets, type LoggingConfig } from '../../../src/bot/config';
import { BotLog, logPath } from '../../../src/bot/logging';
import { temporaryFolder } from '../../support/temporary-folder';

function open(config: Partial<LoggingConfig> = {}, file?: string) {
  const secrets = new Secrets();
  let terminal = '';
  const log = new BotLog(secrets, { write: text => (terminal += text) });
  const problem = log.configure(loggingSchema.parse(config), file);
  onTestFinished(() => log.close());
  return { log, secrets, problem, terminal: () => terminal };
}

test('a line says when, how bad, which part and what', () => {
  const file = path.join(temporaryFolder(), 'deep/bot.log');
  const { log, terminal } = open({}, file);
  log.part('skill hello').warning('careful');
  expect(readFileSync(file, 'utf8')).toMatch(
    /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\] WARN: skill hello: careful\n$/
  );
  expect(terminal()).toBe('');
});

test('what is less than the level is left out', () => {
  const { log } = open({ level: 'warning' });
  const part = log.part('bot');
  part.debug('a');
  part.info('b');
  part.warning('c');
  part.error('d');
  expect(log.tail(10).map(line => line.at(-1))).toEqual(['c', 'd']);
});

test('the terminal gets the lines too when it is to', () => {
  const { log, terminal } = open({ console: true });
  log.part('bot').info('hello');
  expect(terminal()).toContain('INFO: bot: hello\n');
});

test('for programs it is JSON', () => {
  const file = path.join(temporaryFolder(), 'bot.log');
  const { log } = open({ format: 'json' }, file);
  log.part('bot').info('hello');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    level: 30,
    module: 'bot',
    msg: 'hello'
  });
});

test('secrets are masked on the way in', () => {
  const { log, secrets } = open();
  secrets.learn({ token: 'geheim-1234' });
  log.part('bot').info('with geheim-1234');
  expect(log.tail(1)[0]).toMatch(/with ••••••$/);
});

test('a file that has grown too large is set aside', () => {
  const file = path.join(temporaryFolder(), 'bot.log');
  const { log } = open({ 'file-size': 200 }, file);
  for (const word of ['one', 'two', 'three', 'four', 'five']) {
    log.part('bot').info(word.padEnd(60, '.'));
  }
  expect(existsSync(`${file}.1`)).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain('five');
  expect(readFileSync(`${file}.1`, 'utf8')).not.toContain('five');
});

test('a file that cannot be written is told, and the rest works', () => {
  const file = path.join(temporaryFolder({ occupied: '' }), 'occupied', 'bot.log');
  const { log, problem } = open({}, file);
  expect(problem).toMatchObject({ code: 'CHATOPS_LOG_FILE' });
  log.part('bot').info('still here');
  expect(log.tail(1)[0]).toContain('still here');
});

describe('the path', () => {
  test.each<[LoggingConfig['path'], string | undefined]>([
    [undefined, '/srv/bot/.chatops/chatops.log'],
    [false, undefined],
    ['bot.log', '/etc/chatops/bot.log'],
    ['/var/log/bot.log', '/var/log/bot.log']
  ])('%j is %s', (configured, expected) => {
    expect(logPath({ path: configured }, '/etc/chatops', '/srv/bot')).toBe(expected);
  });
});
