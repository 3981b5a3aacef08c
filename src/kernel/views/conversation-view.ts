import type { ChatMessage, Handled } from '../../protocol';
import type { Exchange } from '../bot-link/conversation';
import type { MimeBundle } from '../thread';
import { markup, type Html } from './html';

/** Grey at a tenth: it darkens a light page and lightens a dark one. */
const bubble =
  'display:inline-block;max-width:80%;padding:0.35em 0.75em;margin:0.1em 0;border-radius:0.75em;' +
  'white-space:pre-wrap;overflow-wrap:anywhere;text-align:left;';
const looks = {
  person: `${bubble}background:rgba(66,133,244,0.18);`,
  bot: `${bubble}background:rgba(127,127,127,0.14);`,
  error: `${bubble}background:rgba(217,48,37,0.14);border:1px solid rgba(217,48,37,0.6);`,
  name: 'font-size:0.85em;opacity:0.8;',
  note: 'font-size:0.85em;opacity:0.8;margin-top:0.25em;'
};

/** A conversation as bubbles and as text. No scripts, and nothing that was said is taken for HTML. */
export function conversationBundle(exchange: Exchange): MimeBundle {
  return { 'text/plain': asText(exchange), 'text/html': asHtml(exchange).source };
}

function asText({ user, text, bot, replies, handled }: Exchange): string {
  return [
    `${user}: ${text}`,
    ...replies.map(reply => `${bot}: ${reply.text}`),
    ...(handled ? [`(${outcomeText(handled)})`] : [])
  ].join('\n');
}

function asHtml({ user, text, bot, room, replies, handled }: Exchange): Html {
  return markup`<div
    role="log"
    aria-label="Conversation with ${bot} in ${room}"
    style="max-width:44em"
  >
    <div style="text-align:right">
      <div style="${looks.name}">${user}</div>
      <div style="${looks.person}">${text}</div>
    </div>
    ${replies.map(
      reply =>
        markup`<div>
          <div style="${looks.name}">${bot}</div>
          <div style="${lookOf(reply)}">${reply.text}</div>
        </div> `
    )}${handled && markup`<div style="${looks.note}">${outcomeText(handled)}</div>`}
  </div>`;
}

function lookOf(reply: ChatMessage): string {
  return reply.notice === 'error' || reply.error ? looks.error : looks.bot;
}

/** How the handling of a message ended, as a person would say it. */
export function outcomeText({ outcome, skill = '', duration }: Handled): string {
  const time = `${Math.max(1, Math.round(duration))} ms`;
  switch (outcome) {
    case 'answered':
      return `answered by ${skill} in ${time}`;
    case 'failed':
      return `${skill} failed after ${time}`;
    case 'stopped':
      return `${skill} was stopped after ${time}`;
    case 'interrupted':
      return `the bot ended while ${skill} was at work`;
    default:
      return 'no skill matched';
  }
}
