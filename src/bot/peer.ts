import type { IncomingMessage } from 'node:http';
import type { User } from '../protocol';
import type { Peer } from './connectors/panel/panel-rights';
import { localUser } from './connectors/shell';

/** The relay in Jupyter Server says here for whom it speaks, as percent-encoded JSON. */
const USER_HEADER = 'x-chatops-user';

/** Set by the relay: the client is a browser. */
const CLIENT_HEADER = 'x-chatops-client';

/**
 * Who is at the other end of the bot's own socket. Only this user's processes reach it, so a header
 * is believed: the relay has already asked Jupyter who the person is.
 *
 * @param token - what clients must know, where the socket is a port.
 */
export function peerOfLocalSocket({ headers }: IncomingMessage, token?: string): Peer {
  return {
    user: userOfHeader(headers[USER_HEADER]) ?? localUser(),
    trusted: headers[CLIENT_HEADER] === undefined,
    // The relay takes no frame apart, so it shows the token in a header and not in the hello.
    ...(token !== undefined && headers.authorization !== `Bearer ${token}` && { token })
  };
}

/** Who is at the other end of a port: someone who knows the token. */
export function peerOfWeb({ socket }: IncomingMessage, token: string): Peer {
  const id = `web:${socket.remoteAddress ?? 'unknown'}`;
  return { user: { id, name: 'guest' }, trusted: false, anonymous: true, token };
}

function userOfHeader(header: string | string[] | undefined): User | undefined {
  try {
    const { id, name } = JSON.parse(decodeURIComponent(String(header))) as Partial<User>;
    return typeof id === 'string' && typeof name === 'string' && id && name
      ? { id: `jupyter:${id}`, name }
      : undefined;
  } catch {
    return undefined;
  }
}
