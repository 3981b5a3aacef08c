import { chatOpsError } from '../../protocol';
import type { Magic, MagicCall } from './magic';

const MODES = ['warn', 'error', 'off'] as const;

const words = {
  warn: 'Type errors are shown below the cell, which runs all the same.',
  error: 'A cell with a type error is not run.',
  off: 'Cells are not checked.'
};

/** How TypeScript comes onto a machine where it was not found. */
export const HOW_TO_GET_TYPES =
  'For types, install TypeScript beside the notebook: `npm install --save-dev typescript`.';

/** `%typecheck`: what is done about type errors in cells. */
export const typecheck: Magic = {
  name: '%typecheck',
  usage: '%typecheck [MODE]',
  summary: 'Says what is done about type errors in cells.',
  details: [
    '| | |',
    '|---|---|',
    ...MODES.map(mode => `| \`%typecheck ${mode}\` | ${words[mode]} |`),
    '',
    'Without a word it shows what is set. At first it is `warn`. It holds until the kernel is',
    'restarted, from this cell on. Types need TypeScript 7, which is looked for beside the notebook,',
    'beside the kernel, and among what npm has installed for all.'
  ].join('\n'),
  complete: () => [...MODES],
  run: (call, { types, display }) => {
    types.mode = modeOf(call) ?? types.mode;
    const text = [
      types.version === undefined
        ? `TypeScript was not found. ${HOW_TO_GET_TYPES}`
        : `TypeScript ${types.version}.`,
      words[types.mode]
    ].join(' ');
    display({ 'text/plain': text.replaceAll('`', ''), 'text/markdown': text });
  }
};

function modeOf({ args }: MagicCall): (typeof MODES)[number] | undefined {
  const [word, ...others] = args;
  const mode = MODES.find(candidate => candidate === word);
  if ((word !== undefined && mode === undefined) || others.length > 0) {
    throw chatOpsError('CHATOPS_MAGIC_USAGE', {
      reason: `\`%typecheck\` takes one of ${MODES.join(', ')}; it got \`${args.join(' ')}\``,
      usage: '%typecheck warn'
    });
  }
  return mode;
}
