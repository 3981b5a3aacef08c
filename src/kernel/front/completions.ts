import type { Completion } from '../thread';

/** Members that every object has and nobody looks for. */
const COMMON = /^(?:__\w+__|constructor)$/;

/**
 * One list of what TypeScript knows and of what is there: types first, and behind them the members
 * that a value has although its type does not say so.
 */
export function mergeCompletions(
  code: string,
  cursor: number,
  typed: Completion | undefined,
  live: Completion | undefined
): Completion {
  const start = Math.min(cursor, typed?.start ?? cursor, live?.start ?? cursor);
  const matches = new Map<string, string>();
  const add = (completion: Completion | undefined, isWanted: (text: string) => boolean): void => {
    const missing = completion ? code.slice(start, completion.start) : '';
    for (const { text, type } of completion?.matches ?? []) {
      if (!matches.has(missing + text) && isWanted(text)) {
        matches.set(missing + text, type);
      }
    }
  };
  add(typed, () => true);
  const isPath = typed?.matches.length !== 0 && typed?.matches.every(({ type }) => type === 'path');
  if (isPath) {
    return { matches: list(matches), start, end: cursor };
  }
  const hasTypes = matches.size > 0;
  add(live, text => !hasTypes || !COMMON.test(text));
  return { matches: list(matches), start, end: cursor };
}

function list(matches: ReadonlyMap<string, string>): Completion['matches'] {
  return Array.from(matches, ([text, type]) => ({ text, type }));
}
