import { expect, it } from 'vitest';
import { testParts } from '../../../src/lab/chat/test-parts';
import type { ChatMessage, SkillRecord } from '../../../src/protocol';

const ann = { id: 'local:ann', name: 'Ann' };
const bot = { id: 'bot', name: 'chatops', bot: true };

function said(seq: number, skill: string | undefined): ChatMessage {
  return {
    seq,
    id: `m${seq}`,
    room: 'general',
    connector: 'panel',
    user: ann,
    text: `text ${seq}`,
    time: 0,
    handled: { outcome: skill ? 'answered' : 'unmatched', duration: 1, ...(skill && { skill }) }
  };
}

function answered(seq: number, answers: number, skill: string): ChatMessage {
  const { handled: _, ...message } = said(seq, skill);
  return { ...message, user: bot, answers, skill };
}

function record(name: string, source: SkillRecord['source']): SkillRecord {
  return { name, state: 'live', version: 1, source, matchers: [] };
}

const records = [
  record('hello', { kind: 'path', path: 'skills/hello', file: 'skills/hello/index.ts' }),
  record('away', { kind: 'path', path: '~/away', file: '/home/ann/away/index.ts' }),
  record('devtools', { kind: 'builtin' })
];

it('leaves out what was said to the bot’s own skills, and what they said', () => {
  const { messages, skills } = testParts(
    [
      said(1, 'hello'),
      answered(2, 1, 'hello'),
      said(3, 'devtools'),
      answered(4, 3, 'devtools'),
      said(5, undefined),
      { ...said(6, undefined), event: { type: 'Reaction', data: { emoji: '👍' }, target: 4 } },
      { ...said(7, 'hello'), deleted: true },
      said(8, 'away')
    ],
    records
  );
  expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 5, 8]);
  expect(skills).toEqual(['skills/hello', '/home/ann/away/index.ts']);
});

it('takes a skill that is gone for one of the workspace', () => {
  expect(testParts([said(1, 'gone')], []).skills).toEqual(['skills/gone']);
});
