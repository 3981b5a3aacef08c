/** A name, or a chain such as `fs.promises`, as it stands before a cursor. */
export interface Chain {
  /** Where the value comes from: a variable's name, or a text literal with its quotes. */
  head: string;
  /** What follows it, each a property's name. */
  path: string[];
}

/** What a cursor stands behind: the beginning of a name, and what the name is looked for in. */
export interface Target {
  /** Nothing for a name that stands alone. */
  chain: Chain | undefined;
  /** What is written of the name. */
  prefix: string;
  /** Where the prefix begins. */
  start: number;
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/u;
const ACCESS = new RegExp(
  `\\s*(?:\\?\\.|\\.)\\s*(${NAME.source})|\\[(?:(\\d+)|'([^'\\\\]*)'|"([^"\\\\]*)")\\]`,
  'u'
);
const LITERAL = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\\$]*`/;
const CHAIN = new RegExp(
  `(?<![\\p{L}\\p{N}_$.)\\]'"\`])(${NAME.source}|${LITERAL.source})((?:${ungrouped(ACCESS.source)})*)$`,
  'u'
);

/**
 * What may be completed before a cursor; nothing where that cannot be told without running code,
 * as behind a call.
 */
export function targetBefore(code: string, cursor: number): Target | undefined {
  const before = code.slice(0, cursor);
  const prefix = new RegExp(`(?:${NAME.source})?$`, 'u').exec(before)![0];
  const start = cursor - prefix.length;
  const dot = /\s*(?:\?\.|\.)\s*$/.exec(before.slice(0, start));
  if (!dot) {
    return { chain: undefined, prefix, start };
  }
  const chain = chainBefore(before.slice(0, start - dot[0].length));
  return chain && { chain, prefix, start };
}

/** The name or chain that a cursor stands in, or whose call it stands in. */
export function chainAt(code: string, cursor: number): Chain | undefined {
  const rest = /^[\p{L}\p{N}_$]*/u.exec(code.slice(cursor))![0];
  const here = chainBefore(code.slice(0, cursor + rest.length));
  if (here) {
    return here;
  }
  const open = openParenthesis(code.slice(0, cursor));
  return open === undefined ? undefined : chainBefore(code.slice(0, open).trimEnd());
}

function chainBefore(text: string): Chain | undefined {
  const match = CHAIN.exec(text);
  if (!match) {
    return undefined;
  }
  const path: string[] = [];
  for (const part of match[2]!.matchAll(new RegExp(ACCESS, 'gu'))) {
    path.push((part[1] ?? part[2] ?? part[3] ?? part[4])!);
  }
  return { head: match[1]!, path };
}

/** Where the innermost parenthesis opens that is not closed yet. */
function openParenthesis(text: string): number | undefined {
  let depth = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    if (text[i] === ')') {
      depth++;
    } else if (text[i] === '(' && depth-- === 0) {
      return i;
    }
  }
  return undefined;
}

function ungrouped(source: string): string {
  return source.replace(/(?<!\\)\((?!\?)/g, '(?:');
}
