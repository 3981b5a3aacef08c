import type { BotConnection, ChatMessage } from '../../protocol';

/** How many messages are asked for at once: the most that the bot gives. */
const PAGE = 500;

/** A conversation from its beginning. */
export interface WholeConversation {
  readonly room: string;
  /** Oldest first. */
  readonly messages: readonly ChatMessage[];
  /** The id of the person at this page. */
  readonly self: string;
}

/**
 * Everything that was said in a room.
 *
 * @throws ChatOpsError `CHATOPS_CONNECTION_LOST`.
 */
export async function readConversation(
  connection: BotConnection,
  room: string
): Promise<WholeConversation> {
  let messages: ChatMessage[] = [];
  for (;;) {
    const [oldest] = messages;
    const page = await connection.request<'history'>({
      type: 'history',
      room,
      limit: PAGE,
      ...(oldest && { before: oldest.seq })
    });
    messages = [...page.messages, ...messages];
    if (!page.more || page.messages.length === 0) {
      return { room, messages, self: connection.ready?.user.id ?? '' };
    }
  }
}
