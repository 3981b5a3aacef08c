import type { GroupNames } from './linear-syntax';

/** A pattern in JavaScript's syntax, without names for its groups. */
export interface TranslatedPattern {
  source: string;
  flags: string;
  /** What its groups are called; unlike in JavaScript, several may go by one name. */
  names: GroupNames;
  /** True when its `$` also holds in front of a line end that ends the text. */
  endsBeforeLineEnd: boolean;
  /** True when it asks for the edges of words. */
  hasBoundary: boolean;
}

/** Letters, digits and `_` of every script, in the order in which no range can arise by accident. */
const WORD = String.raw`\p{L}_\p{N}\p{M}`;
/** Everything else, which cannot be negated inside a class; the last are connectors like `_`. */
const NOT_WORD = String.raw`\p{Z}\p{C}\p{S}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\u203f\u2040\u2054\ufe33\ufe34\ufe4d-\ufe4f\uff3f`;
const NOT_DIGIT = String.raw`\p{L}\p{M}\p{Nl}\p{No}\p{P}\p{S}\p{Z}\p{C}`;

/** The edges of words of every script, and all other places; both look around. */
const BOUNDARY = `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`;
const NO_BOUNDARY = `(?:(?<=[${WORD}])(?=[${WORD}])|(?<![${WORD}])(?![${WORD}]))`;

/** What Python's classes stand for between brackets. */
const CLASSES: Readonly<Record<string, string>> = {
  w: WORD,
  W: NOT_WORD,
  d: String.raw`\p{Nd}`,
  D: NOT_DIGIT
};

/** Flags, which Python writes into a pattern and JavaScript behind it. */
const INLINE_FLAGS = /^\(\?([aiLmsux]+)\)/;

/** Begins a group with a name, in Python's way or in JavaScript's. */
const NAMED_GROUP = /^\(\?P?<([\p{L}_][\p{L}\p{N}_]*)>/u;

/** Refers back to such a group. */
const NAMED_REFERENCE = /^(?:\(\?P=(\w+)\)|\\k<(\w+)>|\\g<(\w+)>)/;

/** A counted repetition; any other brace means itself. */
const REPETITION = /^\{\d*(?:,\d*)?\}/;

/** Escapes that JavaScript's flag `u` knows by the same meaning. */
const SHARED_ESCAPE = /^(?:[bBsStnrfv0-9^$\\.*+?()[\]{}|/]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/;

/**
 * Reads a pattern as opsdroid does, which leaves it to Python's `regex`, and writes it as JavaScript:
 * named groups `(?P<name>…)`, references `(?P=name)`, flags such as `(?i)`, comments, and `\w` and
 * `\d` that know the letters and digits of every script.
 *
 * Source: https://docs.python.org/3/library/re.html#regular-expression-syntax
 *
 * @param flags - JavaScript's flags that hold already.
 * @param looksAround - true to write the edges of words so that they hold for every script, which
 * takes an engine that can look around; else they hold for texts in ASCII.
 * @throws SyntaxError for what has no counterpart.
 */
export function translateOpsdroidPattern(
  pattern: string,
  flags: string,
  looksAround = false
): TranslatedPattern {
  const [inline = '', written = ''] = INLINE_FLAGS.exec(pattern) ?? [];
  const all = new Set([...flags, ...written, 'u']);
  const reader = new Reader(pattern.slice(inline.length), all, looksAround);
  return {
    source: reader.translate(),
    flags: [...all].filter(flag => 'imsu'.includes(flag)).join(''),
    names: reader.names,
    endsBeforeLineEnd: reader.hasEnd && !all.has('m'),
    hasBoundary: reader.hasBoundary && !all.has('a')
  };
}

class Reader {
  readonly names: GroupNames = [];
  hasEnd = false;
  hasBoundary = false;

  private at = 0;
  private readonly isAscii: boolean;
  private readonly isMultiline: boolean;
  private readonly isVerbose: boolean;

  constructor(
    private readonly pattern: string,
    flags: ReadonlySet<string>,
    private readonly looksAround: boolean
  ) {
    this.isAscii = flags.has('a');
    this.isMultiline = flags.has('m');
    this.isVerbose = flags.has('x');
  }

  translate(): string {
    let source = '';
    while (this.at < this.pattern.length) {
      source += this.next();
    }
    return source;
  }

  private next(): string {
    const rest = this.pattern.slice(this.at);
    const first = rest[0]!;
    const skipped = /^\(\?#[^)]*\)/.exec(rest) ?? (this.isVerbose && /^(?:\s+|#[^\n]*)/.exec(rest));
    if (skipped) {
      return this.take(skipped[0], '');
    }
    const inline = INLINE_FLAGS.exec(rest);
    if (inline) {
      throw new SyntaxError(`\`${inline[0]}\` must stand at the start`);
    }
    const reference = NAMED_REFERENCE.exec(rest);
    if (reference) {
      const name = reference[1] ?? reference[2] ?? reference[3]!;
      const number = /^\d+$/.test(name) ? Number(name) : this.names.indexOf(name) + 1;
      if (number === 0) {
        throw new SyntaxError(`there is no group named \`${name}\` before it`);
      }
      // A digit that follows is not part of the number.
      return this.take(reference[0], `(?:\\${number})`);
    }
    const group = NAMED_GROUP.exec(rest);
    if (group) {
      this.names.push(group[1]);
      return this.take(group[0], '(');
    }
    switch (first) {
      case '\\':
        return this.escape(rest, false);
      case '[':
        return this.characterClass();
      case '(':
        this.refuseUnknownGroup(rest);
        if (rest[1] !== '?') {
          this.names.push(undefined);
        }
        return this.take('(');
      case '{': {
        const [repetition] = REPETITION.exec(rest) ?? [];
        // `{,3}` counts from 0 there and means itself here.
        return repetition && repetition !== '{}' && repetition !== '{,}'
          ? this.take(repetition, repetition.replace('{,', '{0,'))
          : this.take('{', '\\{');
      }
      case '}':
      case ']':
        return this.take(first, `\\${first}`);
      case '$':
        this.hasEnd = true;
        return this.take('$');
      default:
        return this.take(first);
    }
  }

  private characterClass(): string {
    let source = this.take(this.pattern[this.at + 1] === '^' ? '[^' : '[');
    for (let isFirst = true; this.at < this.pattern.length; isFirst = false) {
      const rest = this.pattern.slice(this.at);
      if (rest[0] === ']' && !isFirst) {
        return source + this.take(']');
      }
      source +=
        rest[0] === '\\'
          ? this.escape(rest, true)
          : this.take(rest[0]!, /[[\](){}/|]/.test(rest[0]!) ? `\\${rest[0]}` : rest[0]);
    }
    throw new SyntaxError('a character class has no end');
  }

  private escape(rest: string, inClass: boolean): string {
    const character = rest[1];
    if (character === undefined) {
      throw new SyntaxError('a backslash stands at its end');
    }
    const meaning = this.isAscii ? undefined : CLASSES[character];
    if (meaning) {
      return this.take(`\\${character}`, inClass ? meaning : `[${meaning}]`);
    }
    if (/[wWdD]/.test(character)) {
      return this.take(`\\${character}`);
    }
    if ((character === 'A' || character === 'Z') && !inClass) {
      const [plain, multiline] = character === 'A' ? ['^', '(?<![^])'] : ['$', '(?![^])'];
      return this.take(`\\${character}`, this.isMultiline ? multiline : plain);
    }
    if (/[bB]/.test(character) && !inClass) {
      this.hasBoundary = true;
      const everywhere = character === 'b' ? BOUNDARY : NO_BOUNDARY;
      const isPlain = this.isAscii || !this.looksAround;
      return this.take(`\\${character}`, isPlain ? `\\${character}` : everywhere);
    }
    const property = /^\\([pP])(?:\{\^?([^}]*)\}|(\w))/.exec(rest);
    if (property) {
      const [whole, letter, long, short] = property;
      return this.take(whole, `\\${letter}{${long ?? short}}`);
    }
    const long = /^\\U([0-9a-fA-F]{8})/.exec(rest);
    if (long) {
      return this.take(long[0], `\\u{${long[1]!.replace(/^0+(?=.)/, '')}}`);
    }
    if (character === 'a') {
      return this.take('\\a', String.raw`\x07`);
    }
    if (SHARED_ESCAPE.test(rest.slice(1)) || (character === '-' && inClass)) {
      return this.take(`\\${character}`);
    }
    if (/[a-zA-Z]/.test(character)) {
      throw new SyntaxError(`\`\\${character}\` has no meaning here`);
    }
    // JavaScript's flag `u` allows no other escapes; what means itself is written as itself.
    const itself = String.fromCodePoint(rest.codePointAt(1)!);
    return this.take(`\\${itself}`, itself);
  }

  /** @throws SyntaxError for groups that JavaScript does not have. */
  private refuseUnknownGroup(rest: string): void {
    const known = /^\((?!\?)|^\(\?(?:[:=!]|<[=!]|[ims]*(?:-[ims]+)?:)/;
    if (!known.test(rest)) {
      throw new SyntaxError(`groups that begin with \`${rest.slice(0, 3)}\` do not exist here`);
    }
  }

  /** Goes on behind a part of the pattern. */
  private take(part: string, written = part): string {
    this.at += part.length;
    return written;
  }
}
