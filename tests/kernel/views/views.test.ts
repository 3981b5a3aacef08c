import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../../src/kernel/bot-link/conversation';
import {
  conversationBundle,
  errorContent,
  markup,
  skillsBundle,
  startedBundle,
  textTable,
  traceBundle
} from '../../../src/kernel/views';
import { chatOpsError, type ChatMessage, type Trace } from '../../../src/protocol';

const evil = '<img src=x onerror="alert(1)">&\'';
const said = (text: string, more: Partial<ChatMessage> = {}): ChatMessage => ({
  seq: 2,
  id: 'i',
  room: 'notebook',
  connector: 'panel',
  user: { id: 'bot', name: 'robo', bot: true },
  text,
  time: 0,
  ...more
});

test('what is put into markup is text, unless it is markup', () => {
  expect(
    markup`<p title="${evil}">${[markup`<b>${evil}</b>`, 1, undefined, false]}</p>`.source
  ).toBe(
    '<p title="&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;">' +
      '<b>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;</b>1</p>'
  );
});

describe('a conversation', () => {
  const exchange: Exchange = {
    text: evil,
    room: evil,
    user: evil,
    bot: evil,
    seq: 1,
    replies: [said(`${evil}\n  second line`), said('it failed', { notice: 'error' })],
    handled: { outcome: 'failed', skill: evil, duration: 12 }
  };

  test('shows nothing but text, whoever said it', () => {
    const html = String(conversationBundle(exchange)['text/html']);
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/<script|on\w+=[^&]|javascript:/);
    expect(html).toContain('role="log"');
    expect(html).toContain('\n  second line');
  });

  test('reads well as text', () => {
    const bundle = conversationBundle({
      ...exchange,
      text: 'hello',
      user: 'ada',
      bot: 'robo',
      replies: [said('Hi ada')],
      handled: { outcome: 'answered', skill: 'hello', duration: 2.2 }
    });
    expect(bundle['text/plain']).toBe('ada: hello\nrobo: Hi ada\n(answered by hello in 2 ms)');
  });
});

test('a trace says what won, and why the others did not', () => {
  const matcher = {
    id: 'hello',
    handler: 'hello',
    kind: 'regex' as const,
    pattern: 'hi|hello',
    flags: '',
    condition: 'search' as const,
    scoreFactor: 0.6
  };
  const score = {
    score: 0.5926,
    basis: 'length' as const,
    base: 0.9877,
    length: 8,
    factor: 0.6,
    coverage: 0.5,
    order: 0
  };
  const candidate = { skill: 'hello', version: 1, matcher, captures: [], score };
  const trace: Trace = {
    seq: 0,
    room: 'notebook',
    connector: 'panel',
    user: { id: 'u', name: 'ada' },
    text: 'say hello',
    time: 0,
    considered: 3,
    candidates: [
      { ...candidate, spans: [{ start: 4, end: 9 }] },
      { ...candidate, skill: 'secret', spans: [], excluded: 'only admins may' }
    ],
    winner: 0,
    outcome: 'answered',
    troubles: [],
    matching: 1,
    duration: 2
  };
  const bundle = traceBundle(trace);
  expect(bundle['text/plain']).toContain(
    'hello would answer: its matcher hello has the best score, 0.5926 = 0.9877 × 0.6; 3 matchers were tried.'
  );
  expect(bundle['text/plain']).toContain('only admins may');
  expect(bundle['text/html']).toContain('say <mark>hello</mark>');
  const { winner: _, ...none } = trace;
  expect(traceBundle({ ...none, candidates: [] })['text/plain']).toContain(
    'No skill matches; 3 matchers'
  );
});

test('the bot’s state in one sentence', () => {
  const ready = {
    type: 'ready',
    protocol: 1,
    bot: { name: 'robo', version: '1' },
    workspace: '/work',
    user: { id: 'u', name: 'ada' },
    journal: 'j',
    rooms: [],
    generation: 1,
    skills: [],
    warnings: []
  } as const;
  expect(startedBundle({ ...ready, rooms: [], skills: [], warnings: [] }, 7)['text/plain']).toBe(
    'robo is running in /work (process 7) with no skill live yet.'
  );
  const skill = { name: 'hello', version: 1, source: { kind: 'path' as const }, matchers: [] };
  expect(
    startedBundle(
      {
        ...ready,
        rooms: [],
        skills: [
          { ...skill, state: 'live' },
          { ...skill, name: 'bad', state: 'error' }
        ],
        warnings: []
      },
      undefined
    )['text/plain']
  ).toBe('robo is running in /work with 1 live skill: hello. Not loaded: bad.');
});

test('no skills is a sentence and not an empty table', () => {
  expect(skillsBundle([])['text/plain']).toBe('No skill is live.');
});

test('a table of text aligns its columns and keeps its lines', () => {
  expect(
    textTable(
      ['a', 'long'],
      [
        ['1\n2', 'x'],
        ['🎈', 'y']
      ]
    )
  ).toBe('a      long\n─────  ────\n1 ⏎ 2  x\n🎈      y');
});

test('an error shows its code, its place, the code there, the way there and what to do', () => {
  const content = errorContent(
    chatOpsError(
      'CHATOPS_SKILL_LOAD',
      { reason: 'boom' },
      {
        where: { file: 'cell 1', line: 2, column: 3 },
        excerpt: '> 2 | boom()\n    | ^',
        stack: ['f (cell 1:2:3)', 'cell 1:4:1'],
        log: ['a line of the log']
      }
    ).record
  );
  const plain = stripVTControlCharacters(content.traceback.join('\n'));
  expect(content.ename).toBe('CHATOPS_SKILL_LOAD');
  expect(plain.split('\n')).toEqual([
    'CHATOPS_SKILL_LOAD: The skill stopped while it was loading: boom.',
    'cell 1:2:3',
    '> 2 | boom()',
    '    | ^',
    '    at f (cell 1:2:3)',
    '    at cell 1:4:1',
    '  | a line of the log',
    'Correct the code here. The version that worked before stays live.'
  ]);
});
