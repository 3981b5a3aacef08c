import { WebSocket } from 'ws';
import { BotConnection, PROTOCOL_PATH, type ServerFrameOf, type Socket } from '../../protocol';
import { websocketUrl, type Endpoint } from '../server';
import { version } from './program';

/** Talks to a running bot, and leaves it. */
export async function withBot<T>(
  endpoint: Endpoint,
  use: (connection: BotConnection, ready: ServerFrameOf<'ready'>) => Promise<T>
): Promise<T> {
  const connection = new BotConnection({
    open: () => new WebSocket(websocketUrl(endpoint, PROTOCOL_PATH)) as unknown as Socket,
    hello: () => ({
      client: { name: 'command line', version },
      ...(endpoint.token !== undefined && { token: endpoint.token })
    }),
    rooms: []
  });
  connection.connect();
  try {
    return await use(connection, await connection.whenReady());
  } finally {
    connection.close();
  }
}
