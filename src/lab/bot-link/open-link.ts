import { BotConnection, chatOpsError, type Socket } from '../../protocol';
import type { IOpenLink } from '../tokens';
import type { BotLinkOptions } from './bot-link';
import { namedEndpoint, relayEndpoint, type BotEndpoint } from './endpoint';
import { PageStore } from './page-store';
import { checkRelay } from './relay-check';

declare const CHATOPS_VERSION: string;

/** Makes a connection as the settings want it, with what an earlier page could not deliver. */
export function openLink(options: BotLinkOptions): IOpenLink {
  const { settings, serverSettings, workspace, rooms, storage } = options;
  const { serverUrl } = settings.values;
  const endpoint = serverUrl ? namedEndpoint(serverUrl) : relayEndpoint(serverSettings, workspace);
  const store = new PageStore(storage, endpoint?.scope ?? serverUrl);
  const connection = new BotConnection({
    open: opener(options, endpoint),
    hello: () => {
      const { userName } = settings.values;
      return {
        client: { name: 'panel', version: CHATOPS_VERSION },
        ...(userName && { user: { name: userName } }),
        ...(endpoint?.token !== undefined && { token: endpoint.token })
      };
    },
    rooms,
    pending: store.pending()
  });
  connection.outbox.changed.on(message => store.keep(message));
  return { connection, store };
}

/** Opens sockets; where the last one never opened, finds out why before it tries another. */
function opener(
  { settings, serverSettings }: BotLinkOptions,
  endpoint: BotEndpoint | undefined
): () => Promise<Socket> {
  const url = settings.values.serverUrl;
  let failed = false;
  return async () => {
    if (!endpoint) {
      throw chatOpsError('CHATOPS_SERVER_URL', { url });
    }
    if (failed && !url) {
      await checkRelay(serverSettings);
    }
    failed = true;
    const socket = new serverSettings.WebSocket(endpoint.url);
    socket.addEventListener('open', () => (failed = false));
    return socket;
  };
}
