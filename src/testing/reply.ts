import type { ChatMessage } from '../protocol';
import type { Reply } from './api';

/** A message of the bot as a test looks at it. */
export function toReply(message: ChatMessage): Reply {
  const { seq, text, room, connector, skill, blocks = [], answers, thread } = message;
  return {
    seq,
    text,
    room,
    connector,
    skill,
    blocks,
    buttons: blocks.flatMap(block =>
      block.type === 'buttons' && !block.answer ? block.buttons.map(({ label }) => label) : []
    ),
    answers,
    thread,
    error: message.error?.code,
    deleted: message.deleted ?? false,
    pinned: message.pinned ?? false,
    reactions: Object.keys(message.reactions ?? {})
  };
}

/** A message as a line of a conversation. */
export function lineOf({ user, room, text, event, skill, deleted }: ChatMessage): string {
  const who = user.bot && skill !== undefined ? `${user.name} (${skill})` : user.name;
  const said = deleted ? '(taken back)' : text.replaceAll('\n', '\n    ');
  const what = event && event.type !== 'Message' ? ` [${event.type}]` : '';
  return `${room === '' ? '' : `#${room} `}${who}${what}: ${said}`;
}
