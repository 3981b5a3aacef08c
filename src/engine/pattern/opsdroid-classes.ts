/** Letters, digits and `_` of every script, in the order in which no range can arise by accident. */
export const WORD = String.raw`\p{L}_\p{N}\p{M}`;

/** Everything else, which cannot be negated inside a class; the last are connectors like `_`. */
const NOT_WORD = String.raw`\p{Z}\p{C}\p{S}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\u203f\u2040\u2054\ufe33\ufe34\ufe4d-\ufe4f\uff3f`;
const NOT_DIGIT = String.raw`\p{L}\p{M}\p{Nl}\p{No}\p{P}\p{S}\p{Z}\p{C}`;

/** What Python's classes stand for between brackets. */
export const CLASSES: Readonly<Record<string, string>> = {
  w: WORD,
  W: NOT_WORD,
  d: String.raw`\p{Nd}`,
  D: NOT_DIGIT
};

/** What POSIX's names for classes stand for between brackets, with their opposites. */
const POSIX_CLASSES: Readonly<Record<string, readonly [string, string]>> = {
  alpha: [String.raw`\p{L}`, String.raw`\P{L}`],
  digit: [CLASSES.d!, NOT_DIGIT],
  alnum: [String.raw`\p{L}\p{Nd}`, String.raw`\p{M}\p{Nl}\p{No}\p{P}\p{S}\p{Z}\p{C}`],
  lower: [String.raw`\p{Ll}`, String.raw`\P{Ll}`],
  upper: [String.raw`\p{Lu}`, String.raw`\P{Lu}`],
  punct: [String.raw`\p{P}`, String.raw`\P{P}`],
  cntrl: [String.raw`\p{Cc}`, String.raw`\P{Cc}`],
  space: [String.raw`\s`, String.raw`\S`],
  word: [WORD, NOT_WORD],
  xdigit: ['0-9A-Fa-f', String.raw`\0-\/:-@G-\`g-\u{10ffff}`]
};

const POSIX_CLASS = /^\[:(\^?)(\w+):\]/;

/**
 * A class that goes by its POSIX name, such as `[:alpha:]` or `[:^digit:]`, at the start of what
 * stands between brackets.
 *
 * @throws SyntaxError for a name that is none.
 */
export function readPosixClass(rest: string): { whole: string; written: string } | undefined {
  const [whole, inverted, name] = POSIX_CLASS.exec(rest) ?? [];
  if (whole === undefined) {
    return undefined;
  }
  const known = POSIX_CLASSES[name!];
  if (!known) {
    throw new SyntaxError(`\`${whole}\` is not a class of characters`);
  }
  return { whole, written: known[inverted ? 1 : 0] };
}
