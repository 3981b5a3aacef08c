import { URLExt } from '@jupyterlab/coreutils';
import type { ServerConnection } from '@jupyterlab/services';
import { PROTOCOL_PATH } from '../../protocol';

/** Where the relay of our server extension lies, below Jupyter's base URL. */
const RELAY_PATH = 'chatops/connect';

/** Where a bot is reached, and what it wants to be told. */
export interface BotEndpoint {
  /** A websocket address. */
  readonly url: string;
  /** For the first frame; the relay needs none. */
  readonly token?: string;
  /** A text that is the same for the same bot: what was written for one goes to no other. */
  readonly scope: string;
}

type Settings = Pick<ServerConnection.ISettings, 'baseUrl' | 'wsUrl' | 'token' | 'appendToken'>;

/**
 * The bot of this workspace, behind Jupyter's own server.
 *
 * @param workspace - the server's root folder: one address may show another folder tomorrow.
 */
export function relayEndpoint(settings: Settings, workspace: string): BotEndpoint {
  const url = URLExt.join(settings.wsUrl, RELAY_PATH);
  return {
    url: settings.appendToken && settings.token ? `${url}?token=${settings.token}` : url,
    scope: `${settings.baseUrl} ${workspace}`
  };
}

/** The same address for a person who waits: the relay starts the bot at once, also after a failure. */
export function atOnce(url: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}start=now`;
}

/** Where the relay answers plain HTTP, which says more about a failure than a websocket may. */
export function relayAddress({ baseUrl }: Settings): string {
  return URLExt.join(baseUrl, RELAY_PATH);
}

/**
 * The bot that a person names by its address, such as `ws://127.0.0.1:8080?token=abc`.
 * `http` is taken for `ws`, and the path may be left out.
 *
 * @returns undefined when the text is not such an address.
 */
export function namedEndpoint(address: string): BotEndpoint | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  const protocol = url.protocol.replace(/^http/, 'ws');
  if ((protocol !== 'ws:' && protocol !== 'wss:') || url.host === '') {
    return undefined;
  }
  const token = url.searchParams.get('token') ?? undefined;
  // In the address it would be written into the logs of whatever lies on the way.
  url.searchParams.delete('token');
  const path = url.pathname === '/' ? PROTOCOL_PATH : url.pathname;
  const plain = `${protocol}//${url.host}${path}${url.search}`;
  return { url: plain, scope: plain, ...(token !== undefined && { token }) };
}
