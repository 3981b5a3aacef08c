import { chatOpsError, type ChatMessage, type MessagePatch } from '../protocol';
import type { Incoming } from './connector';
import { placeKey, type Journal } from './journal';
import type { Speaker } from './speech';

/** Events that only the one may bring about who wrote the message they are about. */
const OWN: readonly string[] = ['EditedMessage', 'DeleteMessage'];

/** Makes sure that an event may change the message it is about. @throws ChatOpsError `CHATOPS_MESSAGE_FOREIGN` for a change to someone else's message, or to one of another room. */
export function checkAuthor(incoming: Incoming, journal: Pick<Journal, 'get'>): void {
  const { event, user } = incoming;
  const target = event?.target === undefined ? undefined : journal.get(event.target);
  if (!event || !target) {
    return;
  }
  const isElsewhere = placeKey(target) !== placeKey(incoming);
  if (isElsewhere || (OWN.includes(event.type) && target.user.id !== user.id)) {
    throw chatOpsError('CHATOPS_MESSAGE_FOREIGN', {});
  }
}

/** Some events change a message that was said before. Whoever brought them shows that already. */
export function applyChange(
  { event, text, user, time }: ChatMessage,
  journal: Pick<Journal, 'get'>,
  speaker: Pick<Speaker, 'note' | 'noteReaction'>
): void {
  const target = event?.target;
  if (!event || target === undefined || !journal.get(target)) {
    return;
  }
  const { type, data } = event;
  if (type === 'Reaction') {
    speaker.noteReaction(target, String(data.emoji), user, data.active !== false);
    return;
  }
  const patches: Readonly<Record<string, MessagePatch>> = {
    EditedMessage: { text, edited: time },
    DeleteMessage: { text: '', blocks: [], deleted: true },
    PinMessage: { pinned: true },
    UnpinMessage: { pinned: false }
  };
  if (patches[type]) {
    speaker.note(target, patches[type]);
  }
}
