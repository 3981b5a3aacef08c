import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import { exportConversation, fileNameOf } from '../../../src/lab/chat/export';
import type { WholeConversation } from '../../../src/lab/chat/read-conversation';
import type { ChatMessage } from '../../../src/protocol';

const trans = nullTranslator.load('');
const ann = { id: 'local:ann', name: 'Ann' };
const bot = { id: 'bot', name: 'chatops', bot: true };
const time = new Date(2026, 10, 22, 16, 5).getTime();

let seq = 0;
function message(changes: Partial<ChatMessage>): ChatMessage {
  seq++;
  return {
    seq,
    id: `m${seq}`,
    room: 'general',
    connector: 'panel',
    user: ann,
    text: '',
    time,
    ...changes
  };
}

const conversation: WholeConversation = {
  room: 'general',
  self: ann.id,
  messages: [
    message({
      seq: 1,
      text: 'hello *you*',
      handled: { outcome: 'answered', skill: 'hello', score: 0.5833, duration: 1 }
    }),
    message({ seq: 2, user: bot, text: '**Hi** Ann', answers: 1 }),
    message({ seq: 3, text: 'gone', deleted: true }),
    message({ seq: 4, text: '', event: { type: 'Reaction', data: { emoji: '👍' }, target: 2 } }),
    message({
      seq: 5,
      user: { id: 'local:ben', name: 'Ben_B' },
      text: 'what?',
      handled: { outcome: 'unmatched', duration: 1 }
    }),
    message({ seq: 6, user: bot, text: 'hello is live in version 2', notice: 'info' })
  ]
};

describe('a conversation that is kept', () => {
  it('as Markdown says who said what when, and what became of it', () => {
    expect(exportConversation(conversation, 'markdown', trans)).toBe(`# Conversation in general

**Ann**, 2026-11-22 16:05

hello *you*

*answered by hello, score 0.583*

**chatops**, 2026-11-22 16:05

**Hi** Ann

**Ben\\_B**, 2026-11-22 16:05

what?

*no skill matched*

**chatops**, 2026-11-22 16:05

hello is live in version 2
`);
  });

  it('as a notebook says it again, each as who said it, with the answers as outputs', () => {
    const notebook = JSON.parse(exportConversation(conversation, 'notebook', trans));
    expect(notebook.nbformat).toBe(4);
    expect(notebook.metadata.kernelspec.name).toBe('chatops');
    const cells = notebook.cells.map(
      ({
        cell_type,
        source,
        outputs = []
      }: {
        cell_type: string;
        source: string;
        outputs?: any[];
      }) => [cell_type, source, outputs.map(({ data }) => data['text/markdown'])]
    );
    expect(cells).toEqual([
      ['markdown', '# Conversation in general', []],
      ['code', 'await chat("hello *you*")', ['**Hi** Ann']],
      ['code', 'await chat("what?", {"user":"Ben_B"})', []],
      ['markdown', 'hello is live in version 2', []]
    ]);
    const ids = notebook.cells.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('as NDJSON holds everything, one message in a line', () => {
    const lines = exportConversation(conversation, 'ndjson', trans).trimEnd().split('\n');
    expect(lines.map(line => JSON.parse(line))).toEqual(conversation.messages);
  });
});

it('names files after rooms, whatever they are called', () => {
  expect(fileNameOf('conversation', 'general')).toBe('conversation-general');
  expect(fileNameOf('conversation', 'direct:local:ann')).toBe('conversation-direct-local-ann');
  expect(fileNameOf('conversation', '../..')).toBe('conversation');
});
