import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, test } from 'vitest';
import { unknownStatus, type BotStatus } from '../../../src/lab/bot-link/bot-status';
import { cannotStart, needsPerson, statusWords } from '../../../src/lab/bot-link/status-words';
import { chatOpsError } from '../../../src/protocol';
import { skillRecord } from '../../support/played-bot';

const trans = nullTranslator.load('test');
const builtin = { kind: 'builtin' } as const;
const startError = chatOpsError('CHATOPS_BOT_START', { reason: 'x' }).record;

function status(more: Partial<BotStatus>): BotStatus {
  return { ...unknownStatus, ...more };
}

function words(more: Partial<BotStatus>): string {
  const { tone, label, detail } = statusWords(status(more), trans);
  return `${tone}: ${label}${detail && ` · ${detail}`}`;
}

describe('the state of the bot in words', () => {
  test('names the skills that are live, those of the person first', () => {
    const skills = [
      skillRecord('devtools', { source: builtin }),
      skillRecord('hello'),
      skillRecord('broken', { state: 'error' })
    ];
    expect(words({ state: 'connected', skills })).toBe(
      'good: Ready · 2 skills live: hello, devtools'
    );
    expect(words({ state: 'connected', skills: [skillRecord('a')] })).toBe(
      'good: Ready · 1 skill live: a'
    );
    expect(words({ state: 'connected' })).toBe('good: Ready · no skills live');
  });

  test.each<[Partial<BotStatus>, string]>([
    [{ state: 'idle' }, 'off: Not connected'],
    [{ state: 'connecting' }, 'busy: Connecting…'],
    [{ state: 'waiting' }, 'busy: Connecting…'],
    [{ state: 'waiting', isLost: true }, 'bad: Offline'],
    [{ state: 'connecting', isLost: true }, 'bad: Offline'],
    [{ state: 'waiting', error: startError }, 'bad: The bot cannot start'],
    [{ state: 'connecting', error: startError }, 'bad: The bot cannot start'],
    [
      {
        state: 'waiting',
        error: chatOpsError('CHATOPS_RELAY_MISSING', {}).record
      },
      'bad: Cannot connect'
    ],
    [{ state: 'stopped' }, 'off: Stopped · someone told it to quit'],
    [{ state: 'refused' }, 'bad: Not let in']
  ])('%j is %j', (more, expected) => expect(words(more)).toBe(expected));
});

test('a person is needed where waiting does not help', () => {
  expect(needsPerson(status({ state: 'stopped' }))).toBe(true);
  expect(needsPerson(status({ state: 'refused' }))).toBe(true);
  expect(needsPerson(status({ state: 'waiting', error: startError }))).toBe(true);
  expect(cannotStart(status({ state: 'waiting', error: startError }))).toBe(true);
  const gone = chatOpsError('CHATOPS_BOT_GONE', {}).record;
  expect(needsPerson(status({ state: 'waiting', error: gone }))).toBe(false);
  expect(cannotStart(status({ state: 'waiting', error: gone }))).toBe(false);
});
