import { describe, expect, test } from 'vitest';
import { nullTranslator } from '@jupyterlab/translation';
import { complete, type Completion } from '../../../src/lab/chat/completion';
import { parseSlash, slashCommands } from '../../../src/lab/chat/slash-commands';
import type { MatcherRecord } from '../../../src/protocol';
import { skillRecord } from '../../support/played-bot';

const trans = nullTranslator.load('');
const common = { handler: 'h', scoreFactor: 1 };
const restart: MatcherRecord = {
  ...common,
  id: 'restart',
  kind: 'regex',
  pattern: 'restart',
  flags: '',
  condition: 'search',
  description: 'Restarts a service',
  examples: ['restart web', 'Restart db']
};
const deploy: MatcherRecord = {
  ...common,
  id: 'deploy',
  kind: 'parse',
  format: 'deploy {service}',
  caseSensitive: false,
  condition: 'match'
};
const sources = {
  slash: slashCommands(trans),
  people: () => [
    { id: '1', name: 'Ann Lee' },
    { id: '2', name: 'Ben' }
  ],
  skills: [
    skillRecord('ops', { matchers: [restart, deploy] }),
    skillRecord('off', { state: 'error', matchers: [{ ...restart, examples: ['rest'] }] })
  ]
};

function offered(text: string, cursor = text.length): string[] {
  return labels(complete(text, cursor, sources));
}

function labels(completion: Completion | undefined): string[] {
  return completion?.suggestions.map(({ label }) => label) ?? [];
}

describe('what is offered', () => {
  test('for a slash: what the panel understands by itself', () => {
    expect(offered('/')).toContain('/why TEXT');
    expect(offered('/r')).toEqual(['/rooms NAME']);
    expect(offered('/etc/hosts')).toEqual([]);
    expect(offered('and /r')).toEqual([]);
  });

  test('for an at sign: people, by any of their names, wherever it stands', () => {
    expect(offered('@')).toEqual(['@Ann Lee', '@Ben']);
    expect(offered('ask @le')).toEqual(['@Ann Lee']);
    expect(offered('mail@b')).toEqual([]);
    const completion = complete('ask @b now', 6, sources)!;
    expect(completion).toMatchObject({ start: 4, end: 6, isEager: true });
  });

  test('for words: what live skills say that one can say, whatever the case', () => {
    expect(offered('re')).toEqual(['restart web', 'Restart db']);
    expect(offered('DEP')).toEqual(['deploy {service}']);
    expect(complete('re', 2, sources)).toMatchObject({ isEager: false });
    expect(offered('restart web')).toEqual([]);
    expect(offered('re', 1)).toEqual([]);
    expect(offered('')).toEqual([]);
  });
});

describe('a slash', () => {
  test('and a known word is for the panel, with what comes behind it', () => {
    expect(parseSlash('/why restart web')).toEqual({ name: 'why', rest: 'restart web' });
    expect(parseSlash(' /clear ')).toEqual({ name: 'clear', rest: '' });
    expect(parseSlash('/as Ann Lee')).toEqual({ name: 'as', rest: 'Ann Lee' });
  });

  test('and anything else is for the bot', () => {
    expect(parseSlash('/deploy web')).toBeUndefined();
    expect(parseSlash('/why/not')).toBeUndefined();
    expect(parseSlash('why /clear')).toBeUndefined();
  });
});
