import { BotConnection, chatOpsError, type Socket } from '../../protocol';
import type { IOpenLink } from '../tokens';
import type { BotLinkOptions } from './bot-link';
import { atOnce, namedEndpoint, relayEndpoint, type BotEndpoint } from './endpoint';
import { PageStore } from './page-store';
import { checkRelay } from './relay-check';

declare const CHATOPS_VERSION: string;

/**
 * Makes a connection as the settings want it, with what an earlier page could not deliver.
 *
 * @param isHurried - whether a person wants the attempt that begins now.
 */
export function openLink(options: BotLinkOptions, isHurried: () => boolean): IOpenLink {
  const { settings, serverSettings, workspace, rooms, storage } = options;
  const { serverUrl } = settings.values;
  const endpoint = serverUrl ? namedEndpoint(serverUrl) : relayEndpoint(serverSettings, workspace);
  const store = new PageStore(storage, endpoint?.scope ?? serverUrl);
  const connection = new BotConnection({
    open: opener(options, endpoint, isHurried),
    hello: () => {
      const { userName } = settings.values;
      return {
        client: { name: 'panel', version: CHATOPS_VERSION },
        ...(userName && { user: { name: userName } }),
        ...(endpoint?.token !== undefined && { token: endpoint.token })
      };
    },
    rooms: [...new Set([...rooms, ...store.rooms()])],
    pending: store.pending()
  });
  connection.outbox.changed.on(message => store.keep(message));
  return { connection, store };
}

/** Opens sockets; where the last one never opened, finds out why before it tries another. */
function opener(
  { settings, serverSettings }: BotLinkOptions,
  endpoint: BotEndpoint | undefined,
  isHurried: () => boolean
): () => Promise<Socket> {
  const url = settings.values.serverUrl;
  let failed = false;
  return async () => {
    const startsAtOnce = isHurried() && !url;
    if (!endpoint) {
      throw chatOpsError('CHATOPS_SERVER_URL', { url });
    }
    if (failed && !url) {
      await checkRelay(serverSettings);
    }
    failed = true;
    const address = startsAtOnce ? atOnce(endpoint.url) : endpoint.url;
    const socket = new serverSettings.WebSocket(address);
    socket.addEventListener('open', () => (failed = false));
    return socket;
  };
}
