import { formatWhere, type ErrorRecord } from '../../protocol';
import type { ErrorContent } from '../thread';

/**
 * Codes of a terminal, which Jupyter's front ends understand in tracebacks. Bold reads well on the
 * red of a light theme and on that of a dark one; a colour does not.
 */
const style = { strong: '\u001b[1m', off: '\u001b[0m' };

/** What a traceback is made of. */
export interface TracebackParts {
  name: string;
  message: string;
  /** The innermost place in the author's code. */
  place?: string | undefined;
  excerpt?: string | undefined;
  /** The calls that led there. */
  calls?: readonly string[];
  /** Further lines, such as a log. */
  lines?: readonly string[];
  /** What to do about it. */
  hint?: string | undefined;
}

/** An error of ours as the content of Jupyter's `error` message. */
export function errorContent(record: ErrorRecord): ErrorContent {
  const { code, message, where, excerpt, stack, log, hint } = record;
  return {
    ename: code,
    evalue: message,
    traceback: traceback({
      name: code,
      message,
      place: formatWhere(where),
      excerpt,
      calls: stack ?? [],
      lines: (log ?? []).map(line => `  | ${line}`),
      hint
    })
  };
}

/** The same for a mistake in a cell's own code, which needs no code and no advice. */
export function cellErrorContent(record: ErrorRecord): ErrorContent {
  if (record.code !== 'CHATOPS_SKILL_SYNTAX') {
    return errorContent(record);
  }
  const { message, where, excerpt } = record;
  const name = 'SyntaxError';
  const place = formatWhere(where);
  return { ename: name, evalue: message, traceback: traceback({ name, message, place, excerpt }) };
}

/** The lines of a traceback: what happened, where, the code there, the way there, and what to do. */
export function traceback(parts: TracebackParts): string[] {
  const { name, message, place, excerpt, calls = [], lines = [], hint } = parts;
  return [
    `${style.strong}${name}${style.off}: ${message}`,
    ...(place ? [place] : []),
    ...(excerpt ? markedLines(excerpt) : []),
    // A single call is the place itself.
    ...(calls.length > 1 ? calls : []).map(call => `    at ${call}`),
    ...lines,
    ...(hint ? [hint] : [])
  ];
}

function markedLines(excerpt: string): string[] {
  return excerpt
    .split('\n')
    .map(line => (/^(>|\s+\| \s*\^$)/.test(line) ? `${style.strong}${line}${style.off}` : line));
}
