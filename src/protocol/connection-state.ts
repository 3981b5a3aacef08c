/**
 * Where a connection stands.
 *
 * - `idle`: not asked to connect yet
 * - `connecting`: a socket is being opened, or the bot has not said `ready` yet
 * - `connected`: the bot has said `ready`
 * - `waiting`: lost; the next attempt comes by itself
 * - `stopped`: someone told the bot to quit; only {@link BotConnection.reconnect} starts it again
 * - `refused`: the bot refuses for good; only {@link BotConnection.reconnect} tries again
 * - `closed`: closed by us
 */
export type ConnectionState =
  'idle' | 'connecting' | 'connected' | 'waiting' | 'stopped' | 'refused' | 'closed';

/** States in which nothing happens until someone asks. */
const FINAL: ReadonlySet<ConnectionState> = new Set(['stopped', 'refused', 'closed']);

/** Whether nothing happens in a state until someone asks for it. */
export function isAtRest(state: ConnectionState): boolean {
  return FINAL.has(state);
}

/** Whether it makes sense in a state to try at once. */
export function canTryAtOnce(state: ConnectionState): boolean {
  return state === 'waiting' || isAtRest(state);
}
