import type { GroupNames } from './linear-syntax';
import { readPosixClass } from './opsdroid-classes';
import { readEscape } from './opsdroid-escape';

/** A pattern in JavaScript's syntax; its own names for groups mean nothing outside of it. */
export interface TranslatedPattern {
  source: string;
  flags: string;
  /** What the author calls its groups; unlike in JavaScript, several may go by one name. */
  names: GroupNames;
  /** True when its `$` also holds in front of a line end that ends the text. */
  endsBeforeLineEnd: boolean;
  /** True when it asks for the edges of words. */
  hasBoundary: boolean;
}

/** Flags, which Python writes into a pattern and JavaScript behind it. */
const INLINE_FLAGS = /^\(\?([aiLmsux]+)\)/;

/** Begins a group with a name, in Python's way or in JavaScript's. */
const NAMED_GROUP = /^\(\?P?<([\p{L}_][\p{L}\p{N}_]*)>/u;

/** A counted repetition; any other brace means itself. */
const REPETITION = /^\{(?:\d+(?:,\d*)?|,\d+)\}/;

/** Says how much a text may differ, which only Python's `regex` can. */
const FUZZY = /^\{\s*(?:\d+\s*<=?\s*)?[eids]\s*(?:[<=,+][^}]*)?\}/;

/** A class between brackets, or the beginning of one. */
const SET = /^(?:\\[wWdDsSpP]|\[:)/;

/** Refers back to a group, by its number or its name; three octal digits are a character. */
const REFERENCE = /^\\(?:(?![0-7]{3})([1-9]\d?)|[kg]<(\w+)>)/;

/**
 * Reads a pattern as opsdroid does, which leaves it to Python's `regex`, and writes it as JavaScript:
 * named groups `(?P<name>…)`, references `(?P=name)`, flags such as `(?i)`, comments, what is never
 * given back (`a++`, `(?>…)`), POSIX's classes, and `\w` and `\d` that know the letters and digits of
 * every script.
 *
 * Source: https://docs.python.org/3/library/re.html#regular-expression-syntax and
 * https://github.com/mrabarnett/mrab-regex
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

/** Where something begins that can be repeated: among the parts written, and among the groups. */
interface Atom {
  part: number;
  group: number;
  /** True for `(?>…)`. */
  isAtomic?: boolean;
}

class Reader {
  readonly names: GroupNames = [];
  hasEnd = false;
  hasBoundary = false;

  private at = 0;
  private readonly parts: string[] = [];
  /** The names of the author's own groups, in their order. */
  private readonly groups: (string | undefined)[] = [];
  private readonly open: Atom[] = [];
  private atom: Atom | undefined;
  private isRepeated = false;
  private highestReference = 0;
  private helpers = 0;
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
    while (this.at < this.pattern.length) {
      this.next();
    }
    if (this.highestReference > this.groups.length) {
      throw new SyntaxError(`there is no group ${this.highestReference}`);
    }
    return this.parts.join('');
  }

  private next(): void {
    const rest = this.pattern.slice(this.at);
    const first = rest[0]!;
    const skipped = /^\(\?#[^)]*\)/.exec(rest) ?? (this.isVerbose && /^(?:\s+|#[^\n]*)/.exec(rest));
    if (skipped) {
      this.take(skipped[0]);
      return;
    }
    const inline = INLINE_FLAGS.exec(rest);
    if (inline) {
      throw new SyntaxError(`\`${inline[0]}\` must stand at the start`);
    }
    const [repetition] = REPETITION.exec(rest) ?? /^[*+?]/.exec(rest) ?? [];
    if (repetition !== undefined && this.atom) {
      this.repeat(repetition);
      return;
    }
    if (FUZZY.test(rest)) {
      throw new SyntaxError(
        'how much a text may differ cannot be said here; `\\{` is the character'
      );
    }
    switch (first) {
      case '(':
        this.openGroup(rest);
        break;
      case ')':
        this.closeGroup();
        break;
      case '|':
        this.add(this.take('|'));
        this.atom = undefined;
        break;
      default:
        this.add(this.single(rest));
    }
  }

  /** One character, class, reference or assertion. */
  private single(rest: string): string {
    const first = rest[0]!;
    switch (first) {
      case '\\':
        return this.escape(rest, false);
      case '[':
        return this.characterClass();
      case '{':
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

  private add(written: string, atom: Atom | undefined = this.here()): void {
    this.parts.push(written);
    this.atom = atom;
    this.isRepeated = false;
  }

  private here(): Atom {
    return { part: this.parts.length, group: this.names.length };
  }

  /** `a*`, `a{,3}`, which counts from 0, and `a*+`, which gives nothing back. */
  private repeat(repetition: string): void {
    const atom = this.atom!;
    if (repetition === '+' && this.isRepeated) {
      this.take('+');
      this.neverGiveBack(atom);
      return;
    }
    this.parts.push(this.take(repetition, repetition.replace('{,', '{0,')));
    this.isRepeated = repetition !== '?' || !this.isRepeated;
  }

  /** What was looked ahead at is never tried another way: `(?=(…))` and then what it caught. */
  private neverGiveBack({ part, group }: Atom): void {
    const name = `h${++this.helpers}`;
    this.parts.splice(part, 0, `(?:(?=(?<${name}>`);
    this.names.splice(group, 0, null);
    this.parts.push(`))\\k<${name}>)`);
    this.atom = undefined;
  }

  private openGroup(rest: string): void {
    const reference = /^\(\?P=(\w+)\)/.exec(rest);
    if (reference) {
      this.add(this.refer(reference[0], reference[1]!));
      return;
    }
    const start = this.here();
    const [named, name] = NAMED_GROUP.exec(rest) ?? [];
    if (named !== undefined || rest[1] !== '?') {
      this.groups.push(name);
      this.names.push(name);
      this.parts.push(this.take(named ?? '(', `(?<g${this.groups.length}>`));
    } else if (rest.startsWith('(?>')) {
      start.isAtomic = true;
      this.parts.push(this.take('(?>', '(?:'));
    } else {
      const [known] = /^\(\?(?:[:=!]|<[=!]|[ims]*(?:-[ims]+)?:)/.exec(rest) ?? [];
      if (known === undefined) {
        throw new SyntaxError(`groups that begin with \`${rest.slice(0, 3)}\` do not exist here`);
      }
      this.parts.push(this.take(known));
    }
    this.open.push(start);
    this.atom = undefined;
  }

  private closeGroup(): void {
    const start = this.open.pop();
    this.add(this.take(')'), start);
    if (start?.isAtomic) {
      this.neverGiveBack(start);
      this.atom = start;
    }
  }

  private characterClass(): string {
    let source = this.take(this.pattern[this.at + 1] === '^' ? '[^' : '[');
    let isAfterSet = false;
    for (let isFirst = true; this.at < this.pattern.length; isFirst = false) {
      const rest = this.pattern.slice(this.at);
      if (rest[0] === ']' && !isFirst) {
        return source + this.take(']');
      }
      const isSet = SET.test(rest);
      const posix = readPosixClass(rest);
      if (posix) {
        source += this.take(posix.whole, posix.written);
      } else if (rest[0] === '\\') {
        source += this.escape(rest, true);
      } else {
        // There is no range from or to a class: the hyphen means itself.
        const isHyphen = rest[0] === '-' && (isAfterSet || SET.test(rest.slice(1)));
        const isSpecial = isHyphen || /[[\](){}/|]/.test(rest[0]!);
        source += this.take(rest[0]!, isSpecial ? `\\${rest[0]}` : rest[0]);
      }
      isAfterSet = isSet;
    }
    throw new SyntaxError('a character class has no end');
  }

  private escape(rest: string, inClass: boolean): string {
    const reference = inClass ? null : REFERENCE.exec(rest);
    if (reference) {
      return this.refer(reference[0], reference[1] ?? reference[2]!);
    }
    const { whole, written } = readEscape(rest, {
      inClass,
      isAscii: this.isAscii,
      isMultiline: this.isMultiline,
      looksAround: this.looksAround
    });
    this.hasBoundary ||= !inClass && /[bB]/.test(whole);
    return this.take(whole, written);
  }

  /** What a group caught, by its number or name. */
  private refer(written: string, name: string): string {
    const number = /^\d+$/.test(name) ? Number(name) : this.groups.indexOf(name) + 1;
    if (number === 0) {
      throw new SyntaxError(`there is no group named \`${name}\` before it`);
    }
    this.highestReference = Math.max(this.highestReference, number);
    return this.take(written, `\\k<g${number}>`);
  }

  /** Goes on behind a part of the pattern. */
  private take(part: string, written = part): string {
    this.at += part.length;
    return written;
  }
}
