import { chatOpsError, didYouMean } from '../../protocol';
import { guideMarkdown, guideText, guides, type Guide } from '../guide';
import type { Magic } from './magic';

/** `%help`: what there is in a cell besides TypeScript. */
export const help: Magic = {
  name: '%help',
  usage: '%help [NAME]',
  summary: 'Shows what there is, or explains one magic or name.',
  details: '`%help` lists everything; `%help %%skill` and `%help chat` explain one thing.',
  complete: ({ magics }) => [...magics, ...guides].map(({ name }) => name),
  run: ({ args: [topic] }, { magics, display }) => {
    if (topic === undefined) {
      display(overview(magics));
      return;
    }
    const guide = guideOf(topic, magics);
    if (!guide) {
      const known = [...magics, ...guides].map(({ name }) => name);
      throw chatOpsError('CHATOPS_MAGIC_USAGE', {
        reason: `There is no help on \`${topic}\`${didYouMean(topic, known)}`,
        usage: '%help'
      });
    }
    display({ 'text/plain': guideText(guide), 'text/markdown': guideMarkdown(guide) });
  }
};

/** The guide to a magic or a name; a magic may be named without its percent signs. */
export function guideOf(topic: string, magics: readonly Magic[]): Guide | undefined {
  const word = topic.replace(/\(\)$/, '');
  return (
    magics.find(({ name }) => name === word || name.replace(/^%+/, '') === word) ??
    guides.find(({ name }) => name === word)
  );
}

function overview(magics: readonly Magic[]): Record<string, string> {
  const sections = [
    { title: 'Magics, on the first line of a cell', entries: magics },
    { title: 'In every cell', entries: guides }
  ];
  const width = Math.max(...sections.flatMap(({ entries }) => entries.map(e => e.usage.length)));
  return {
    'text/plain': sections
      .map(({ title, entries }) =>
        [title, ...entries.map(e => `  ${e.usage.padEnd(width)}  ${e.summary}`)].join('\n')
      )
      .join('\n\n'),
    'text/markdown': sections
      .map(({ title, entries }) =>
        [
          `**${title}**`,
          '',
          '| | |',
          '|---|---|',
          ...entries.map(e => `| \`${e.usage}\` | ${e.summary} |`)
        ].join('\n')
      )
      .join('\n\n')
  };
}
