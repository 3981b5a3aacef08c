/**
 * Why a bot or the relay closed a websocket, as the close frame's status code
 * (RFC 6455 §7.4.2 leaves 4000 to 4999 to applications).
 */
export const closeCode = {
  /** The page or the bot went away on purpose; connect again. */
  goingAway: 1001,
  /** Hello was missing, late or of another protocol version; connecting again would not help. */
  refused: 4400,
  /** The token is missing or wrong; connecting again would not help. */
  notAllowed: 4401,
  /** The client reads too slowly; connect again and continue from the last sequence number. */
  tooSlow: 4408,
  /** The bot could not be reached or started; try again later. */
  unavailable: 4503
} as const;

/** True when connecting again with the same words would be refused again. */
export function isFinal(code: number): boolean {
  return code === closeCode.refused || code === closeCode.notAllowed;
}
