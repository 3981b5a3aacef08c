import type { GroupNames } from './linear-syntax';

/** A pattern in JavaScript's syntax, without names for its groups. */
export interface TranslatedPattern {
  source: string;
  flags: string;
  /** What its groups are called; unlike in JavaScript, several may go by one name. */
  names: GroupNames;
}

/** What Python's classes mean: letters and digits of every script. */
const CLASSES: Readonly<Record<string, string>> = {
  w: String.raw`\p{L}\p{M}\p{N}_`,
  d: String.raw`\p{Nd}`
};

/** Flags that Python writes at the start of a pattern and JavaScript behind it. */
const INLINE_FLAGS = /^\(\?([aiLmsux]+)\)/;

/** Begins a group with a name, in Python's way or in JavaScript's. */
const NAMED_GROUP = /^\(\?P?<([A-Za-z_]\w*)>/;

/** Refers back to such a group. */
const NAMED_REFERENCE = /^(?:\(\?P=(\w+)\)|\\k<(\w+)>|\\g<(\w+)>)/;

/**
 * Reads a pattern as opsdroid does, which leaves it to Python's `regex`, and writes it as JavaScript:
 * named groups `(?P<name>…)`, references `(?P=name)`, flags such as `(?i)` at the start, and `\w` and
 * `\d` that know the letters and digits of every script.
 *
 * Source: https://docs.python.org/3/library/re.html#regular-expression-syntax
 *
 * @param flags - JavaScript's flags that hold already.
 */
export function translateOpsdroidPattern(pattern: string, flags: string): TranslatedPattern {
  const inline = INLINE_FLAGS.exec(pattern);
  const written = (inline?.[1] ?? '').replace(/[^ims]/g, '');
  const allFlags = [...new Set([...flags, ...written, 'u'])].join('');
  const names: GroupNames = [];
  const body = inline ? pattern.slice(inline[0].length) : pattern;
  return { source: translateBody(body, names, allFlags.includes('m')), flags: allFlags, names };
}

function translateBody(body: string, names: GroupNames, isMultiline: boolean): string {
  let source = '';
  let inClass = false;
  for (let i = 0; i < body.length; i++) {
    const rest = body.slice(i);
    const reference = inClass ? undefined : NAMED_REFERENCE.exec(rest);
    const group = inClass ? undefined : NAMED_GROUP.exec(rest);
    if (reference) {
      const number = names.indexOf(reference[1] ?? reference[2] ?? reference[3]) + 1;
      // A digit that follows is not part of the number.
      source += `(?:\\${number})`;
      i += reference[0].length - 1;
    } else if (group) {
      names.push(group[1]);
      source += '(';
      i += group[0].length - 1;
    } else if (rest[0] === '\\') {
      source += translateEscape(rest[1] ?? '', inClass, isMultiline);
      i++;
    } else {
      if (rest[0] === '(' && !inClass && rest[1] !== '?') {
        names.push(undefined);
      }
      inClass = rest[0] === '[' ? true : rest[0] === ']' ? false : inClass;
      source += rest[0];
    }
  }
  return source;
}

/** JavaScript's flag `u` allows fewer escapes than Python does; what means itself is written as itself. */
function translateEscape(character: string, inClass: boolean, isMultiline: boolean): string {
  const meaning = CLASSES[character.toLowerCase()];
  if (meaning && inClass) {
    // A class cannot hold “everything but these” of several kinds; Python's own is near enough there.
    return character === character.toLowerCase() ? meaning : `\\${character}`;
  }
  if (meaning) {
    return `[${character === character.toLowerCase() ? '' : '^'}${meaning}]`;
  }
  if (character === 'A') {
    return isMultiline ? '(?<![^])' : '^';
  }
  if (character === 'Z') {
    return isMultiline ? '(?![^])' : '$';
  }
  return /[a-zA-Z0-9^$\\.*+?()[\]{}|/-]/.test(character) && !(character === '-' && !inClass)
    ? `\\${character}`
    : character;
}
