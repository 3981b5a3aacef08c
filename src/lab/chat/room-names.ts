import type { TranslationBundle } from '@jupyterlab/translation';
import { isDirectRoom } from '../../protocol';

/** What a room is called where people see it. */
export function roomName(name: string, bot: string, trans: TranslationBundle): string {
  return isDirectRoom(name) ? trans.__('Only you and %1', bot) : name;
}
