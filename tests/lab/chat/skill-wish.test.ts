import { expect, it } from 'vitest';
import type { ChatModel } from '../../../src/lab/chat/chat-model';
import type { SaidEntry } from '../../../src/lab/chat/entry';
import { wishOf } from '../../../src/lab/chat/skill-wish';
import type { ChatMessage } from '../../../src/protocol';

function entry(seq: number, changes: Partial<ChatMessage> = {}): SaidEntry {
  const message: ChatMessage = {
    seq,
    id: `m${seq}`,
    room: 'general',
    connector: 'panel',
    user: { id: 'local:ann', name: 'Ann' },
    text: `text ${seq}`,
    time: 0,
    ...changes
  };
  return { kind: 'said', key: message.id, time: 0, message, own: !message.user.bot };
}

const bot = { id: 'bot', name: 'chatops', bot: true };
const entries = [
  entry(1, { text: 'restart the web server' }),
  entry(2, { user: bot, text: 'It failed.', answers: 1, notice: 'error' }),
  entry(3, { user: bot, text: 'Done.', answers: 1 }),
  entry(4, { text: 'nobody answers this' })
];
const model = {
  state: { entries },
  find: (seq: number) => entries.find(({ message }) => message.seq === seq)
} as unknown as ChatModel;

it('takes a message and what was answered, but not what went wrong', () => {
  expect(wishOf(entries[0]!, model, '')).toEqual({
    text: 'restart the web server',
    reply: 'Done.'
  });
  expect(wishOf(entries[3]!, model, '')).toEqual({ text: 'nobody answers this' });
});

it('takes what is selected alone: it was not what the answer was for', () => {
  expect(wishOf(entries[0]!, model, 'web server')).toEqual({ text: 'web server' });
});

it('takes what the bot said as the answer to what it was asked', () => {
  expect(wishOf(entries[2]!, model, '')).toEqual({
    text: 'restart the web server',
    reply: 'Done.'
  });
});
