import { formatError, matcherText, type ErrorRecord, type MatcherRecord } from '../../protocol';
import type { MimeBundle } from '../thread';
import { markup } from './html';

/** Says what a cell answers to from now on. */
export function liveBundle(
  name: string,
  matchers: readonly MatcherRecord[],
  warnings: readonly ErrorRecord[]
): MimeBundle {
  const texts = matchers.map(matcherText);
  const notes = warnings.map(formatError);
  return {
    'text/plain': [`This cell answers, as ${name}, to ${texts.join(', ')}`, ...notes].join('\n'),
    'text/html': markup`<div>
      This cell answers, as <em>${name}</em>, to${' '}
      ${texts.map((text, index) => markup`${index > 0 && ', '}<code>${text}</code>`)}
      ${notes.map(note => markup`<pre style="white-space:pre-wrap">${note}</pre>`)}
    </div>`.source
  };
}
