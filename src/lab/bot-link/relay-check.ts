import { ServerConnection } from '@jupyterlab/services';
import { chatOpsError } from '../../protocol';
import { relayAddress } from './endpoint';

/**
 * Finds out why a websocket to the relay would not open: a browser is not told, but plain HTTP is.
 *
 * @throws ChatOpsError `CHATOPS_JUPYTER_GONE`, `CHATOPS_SIGNED_OUT` or `CHATOPS_RELAY_MISSING`;
 *   nothing when the relay is there, and trying again makes sense.
 */
export async function checkRelay(settings: ServerConnection.ISettings): Promise<void> {
  let status: number;
  try {
    const response = await ServerConnection.makeRequest(relayAddress(settings), {}, settings);
    ({ status } = response);
  } catch {
    throw chatOpsError('CHATOPS_JUPYTER_GONE', {});
  }
  if (status === 401 || status === 403) {
    throw chatOpsError('CHATOPS_SIGNED_OUT', {});
  }
  if (status === 404) {
    throw chatOpsError('CHATOPS_RELAY_MISSING', {});
  }
}
