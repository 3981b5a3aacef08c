import type { MimeBundle } from '../thread';
import { markup } from './html';

/**
 * An error that is a value, not a failure: its name and message first, and below them what a
 * terminal would show.
 *
 * @param text - the error in plain text, with its stack, its properties and its causes.
 */
export function errorBundle(error: Error, text: string): MimeBundle {
  const [head, ...rest] = text.split('\n');
  return {
    'text/plain': text,
    'text/html': markup`<div style="border-left:3px solid rgba(211,47,47,0.8);padding-left:0.75em">
      <strong>${String(error.name)}</strong>: ${String(error.message) || 'no message'}
      ${
        (rest.length > 0 || !head!.includes(error.message)) &&
        markup`<pre style="margin:0.25em 0 0;opacity:0.8">${rest.join('\n')}</pre>`
      }
    </div>`.source
  };
}
