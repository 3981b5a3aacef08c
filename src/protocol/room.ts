/** What the names of rooms begin with that one person has with the bot, and nobody else enters. */
const DIRECT = 'direct:';

/** The room that one person has with the bot. */
export function directRoomOf(user: { readonly id: string }): string {
  return DIRECT + user.id;
}

/** Whether a room is one that one person has with the bot. */
export function isDirectRoom(room: string): boolean {
  return room.startsWith(DIRECT);
}
