import type { Incoming } from '../../../engine';
import type { ChatEvent, Entity } from '../../../protocol';
import type { MessageBook } from './message-book';
import type { SlackDirectory } from './slack-directory';

/** The entity that names a thread whose first message the bot does not know. */
export const THREAD_ENTITY = 'slack_thread';

/** What everything that Slack sends is read with. */
export interface SlackSurroundings {
  connector: string;
  /** The bot itself, by its user and by its integration. */
  self: { user: string; bot: string | undefined };
  hearBots: boolean;
  directory: SlackDirectory;
  book: MessageBook;
}

/** What an event is before it has its connector; nothing for what the bot did itself, or does not know. */
export type SlackRead = Omit<Incoming, 'connector'> | undefined;

/** An event about a message, which the bot may not know. */
export function about(
  { book }: Pick<SlackSurroundings, 'book'>,
  type: string,
  [channel, ts]: readonly [channel: string, ts: string],
  data: Record<string, unknown> = {}
): ChatEvent {
  const target = book.seqOf(channel, ts);
  return { type, data, ...(target !== undefined && { target }) };
}

/** The thread that a message belongs to. */
export function threadOf(
  { book }: Pick<SlackSurroundings, 'book'>,
  [channel, ts]: readonly [channel: string, ts: string],
  root: string | undefined
): { thread?: number; entities?: Record<string, Entity> } {
  if (root === undefined || root === ts) {
    return {};
  }
  const thread = book.seqOf(channel, root);
  return {
    ...(thread !== undefined && { thread }),
    entities: { [THREAD_ENTITY]: { value: root } }
  };
}
