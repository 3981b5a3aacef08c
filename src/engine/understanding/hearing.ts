import { isDirectRoom, type ChatMessage } from '../../protocol';

/** Which messages a parser is told of; all when it says nothing. */
export interface Hearing {
  /** The rooms, by their ids or by the names that people know them by. */
  rooms?: readonly string[] | undefined;
  /** True for only what is said to the bot. */
  addressed?: boolean;
}

/** What it takes to know whether someone speaks to the bot, and where. */
export interface HearingPlace {
  /** What the bot is called. */
  name: string;
  /** The id of a room that people know by another name. */
  lookup(connector: string, name: string): string | undefined;
}

type Said = Pick<ChatMessage, 'text' | 'connector' | 'room' | 'addressed'>;

/** Why a parser is not told of a message, in words; nothing when it is. */
export function hearingAgainst(
  { rooms, addressed = false }: Hearing,
  said: Said,
  place: HearingPlace
): string | undefined {
  const { connector, room } = said;
  const isThere = (name: string): boolean =>
    name === room || place.lookup(connector, name) === room;
  if (rooms && !rooms.some(isThere)) {
    return rooms.length === 0
      ? 'it is told of no room: `rooms` is empty'
      : `it is told only of the rooms ${rooms.join(', ')}, by \`rooms\`; this is ${room}`;
  }
  return addressed && !isAddressed(said, place)
    ? 'it is told only of what is said to the bot, by `addressed`'
    : undefined;
}

/**
 * Whether a message is meant for the bot: its connector says so, nobody else is in the room, or it
 * names the bot.
 */
function isAddressed({ text, room, addressed }: Said, { name }: HearingPlace): boolean {
  if (addressed !== undefined) {
    return addressed;
  }
  const letters = name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const edge = String.raw`[\p{L}\p{M}\p{N}_]`;
  return isDirectRoom(room) || new RegExp(`(?<!${edge})${letters}(?!${edge})`, 'iu').test(text);
}
