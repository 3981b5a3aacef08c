/**
 * The version of the wire protocol. It grows when a client of the version before could no longer
 * understand what it is sent; new optional fields and new frame types do not change it.
 */
export const PROTOCOL_VERSION = 1;

/** The path of the websocket endpoint on a bot's server. */
export const PROTOCOL_PATH = '/chatops';

/** The largest frame a bot takes, in bytes of UTF-8. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/** The room of the chat panel when nothing else is said. */
export const DEFAULT_ROOM = 'general';

/** The room in which a notebook talks to the bot. */
export const NOTEBOOK_ROOM = 'notebook';
