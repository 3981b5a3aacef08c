import type { ClientFrameOf } from './client-frame';
import type { PendingMessage } from './outbox';
import type { Socket, Timers } from './socket';

/** What a connection is made of. */
export interface ConnectionOptions {
  /** Opens a socket to the bot. May take its time, for example to start the bot first. */
  open: () => Socket | Promise<Socket>;
  /** Who is calling; asked anew for each attempt, as the person's name may have changed. */
  hello: () => Pick<ClientFrameOf<'hello'>, 'client' | 'token' | 'user'>;
  /** The rooms to follow from the start. */
  rooms: readonly string[];
  /** Messages that an earlier connection could not deliver. */
  pending?: readonly PendingMessage[];
  /** How long the bot may take to say `ready`, in milliseconds. */
  readyTimeout?: number;
  timers?: Timers;
  /** Milliseconds since 1970. */
  now?: () => number;
  random?: () => number;
}
