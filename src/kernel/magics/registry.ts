import { chatOpsError, didYouMean, type ChatOpsError } from '../../protocol';
import { excerpt } from '../../source';
import { guideMarkdown, guideText } from '../guide';
import type { Source } from '../language';
import type { MimeBundle } from '../thread';
import { bash } from './bash';
import { config } from './config';
import { exit } from './exit';
import { guideOf, help } from './help';
import { load } from './load';
import { isCellMagic, type Magic, type MagicContext } from './magic';
import { parseMagics, type NamedCall } from './parse';
import { skill } from './skill';
import { typecheck } from './typecheck';
import { wordsOf } from './words';

/** Every magic. A new one is a file beside this one and a word here. */
export const magics: readonly Magic[] = [skill, config, load, bash, typecheck, exit, help];

/**
 * Runs the magic that a cell calls.
 *
 * @throws ChatOpsError `CHATOPS_MAGIC_UNKNOWN`, or what the magic itself throws.
 */
export async function runMagic(call: NamedCall, context: MagicContext): Promise<void> {
  const magic = context.magics.find(({ name }) => name === call.name);
  if (!magic) {
    throw unknownMagic(call, context.magics);
  }
  await magic.run(call, context);
}

/**
 * What of a cell is TypeScript.
 *
 * @returns nothing for a cell that holds none.
 */
export function sourceOf(cell: string, context: Pick<MagicContext, 'bot'>): Source | undefined {
  const { calls, code } = parseMagics(cell);
  const last = calls.at(-1);
  return last && isCellMagic(last.name)
    ? magics.find(({ name }) => name === last.name)?.source?.(last, context)
    : { code: code ?? '' };
}

function unknownMagic({ name, line, cell }: NamedCall, known: readonly Magic[]): ChatOpsError {
  const names = known.map(magic => magic.name);
  const column = cell.split('\n')[line - 1]!.indexOf(name) + 1;
  return chatOpsError(
    'CHATOPS_MAGIC_UNKNOWN',
    { name, suggestion: didYouMean(name, names), known: names.join(', ') },
    { where: { file: 'cell', line, column }, excerpt: excerpt(cell, line, column) }
  );
}

/** The words that may stand at the end of a line that begins with `%`, and where the last one begins. */
export function completeMagic(
  line: string,
  context: Pick<MagicContext, 'bot' | 'magics'>
): { matches: string[]; start: number } | undefined {
  const match = /^\s*(?:\/\/\s*)?(%%?[\w-]*)(?:(\s.*?)?\s(\S*))?$/.exec(line);
  if (!match) {
    return undefined;
  }
  const [, name = '', before = '', last] = match;
  const candidates =
    last === undefined
      ? context.magics.map(magic => magic.name)
      : (context.magics.find(magic => magic.name === name)?.complete?.(context, wordsOf(before)) ??
        []);
  const word = last ?? name;
  return {
    matches: candidates.filter(candidate => candidate.startsWith(word)),
    start: line.length - word.length
  };
}

/** What is known about the magic on a line; nothing when there is none. */
export function inspectMagic(line: string): MimeBundle | undefined {
  const name = /^\s*(?:\/\/\s*)?(%%?[A-Za-z][\w-]*)/.exec(line)?.[1];
  const guide = name === undefined ? undefined : guideOf(name, magics);
  return guide && { 'text/plain': guideText(guide), 'text/markdown': guideMarkdown(guide) };
}
