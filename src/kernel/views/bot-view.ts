import { formatError, type ServerFrameOf } from '../../protocol';
import type { MimeBundle } from '../thread';
import { markup } from './html';

/** Says in a sentence that the bot runs, where, and which skills are live. */
export function startedBundle(
  { bot, workspace, skills, warnings }: ServerFrameOf<'ready'>,
  pid: number | undefined
): MimeBundle {
  const live = skills.filter(({ state }) => state === 'live').map(({ name }) => name);
  const broken = skills.filter(({ state }) => state === 'error').map(({ name }) => name);
  const sentence =
    `${bot.name} is running in ${workspace}${pid === undefined ? '' : ` (process ${pid})`} with ` +
    (live.length === 0
      ? 'no skill live yet.'
      : `${live.length} live ${live.length === 1 ? 'skill' : 'skills'}: ${live.join(', ')}.`) +
    (broken.length === 0 ? '' : ` Not loaded: ${broken.join(', ')}.`);
  const notes = warnings.map(formatError);
  return {
    'text/plain': [sentence, ...notes].join('\n\n'),
    'text/html': markup`<p>${sentence}</p>
      ${notes.map(note => markup`<pre style="white-space:pre-wrap">${note}</pre>`)}`.source
  };
}

/** Lines of the bot's log. */
export function logBundle(lines: readonly string[]): MimeBundle {
  const text = lines.length === 0 ? 'The log is empty.' : lines.join('\n');
  return { 'text/plain': text, 'text/html': markup`<pre>${text}</pre>`.source };
}

/** Where a fixture answers. */
export function fixtureBundle(name: string, url: string): MimeBundle {
  return {
    'text/plain': `The fixture ${name} answers at ${url} until the kernel ends.`,
    'text/html': markup`<p>
      The fixture <code>${name}</code> answers at${' '}
      <a href="${url}" target="_blank" rel="noopener">${url}</a>${' '}
      until the kernel ends.
    </p>`.source
  };
}
