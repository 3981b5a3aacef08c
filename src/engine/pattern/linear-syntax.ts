import { RegExpParser, type AST } from '@eslint-community/regexpp';

/** A JavaScript pattern in RE2's syntax, or why there is none. */
export type LinearSyntax = { source: string } | { reason: string };

/**
 * The names of a pattern's capture groups by number, from group 1 on: undefined for one without a
 * name, null for one that is none of the author's.
 */
export type GroupNames = (string | undefined | null)[];

/** What `\s` means in JavaScript; RE2's own knows ASCII only. */
const SPACE = String.raw`\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`;
/** Everything else, for use inside a character class. */
const NOT_SPACE = String.raw`\x{0}-\x{8}\x{e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}`;
const LINE_END = String.raw`\n\r\x{2028}\x{2029}`;
const NOTHING = String.raw`[^\x{0}-\x{10ffff}]`;

/** The most a counted repetition may ask for: RE2's own limit. */
const MOST_REPEATS = 1000;

/** Thrown inside this file for syntax that has no linear form. */
class NotLinear {
  constructor(readonly reason: string) {}
}

/** Reads a regular expression. @throws SyntaxError as `RegExp` does. */
export function parsePattern(source: string, flags: string): AST.Pattern {
  return new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v')
  });
}

/** The names of a pattern's capture groups. */
export function groupNames(pattern: AST.Pattern): GroupNames {
  const names: GroupNames = [];
  const visit = (node: AST.Node): void => {
    if (node.type === 'CapturingGroup') {
      names.push(node.name ?? undefined);
    }
    if ('alternatives' in node) {
      node.alternatives.forEach(visit);
    } else if ('elements' in node) {
      node.elements.forEach(visit);
    } else if (node.type === 'Quantifier') {
      visit(node.element);
    }
  };
  visit(pattern);
  return names;
}

/** True when whatever a pattern matches begins where the text begins: each of its alternatives asks for that first. */
export function beginsAtStart({ alternatives }: AST.Pattern, flags: string): boolean {
  return (
    !flags.includes('m') &&
    alternatives.every(
      ({ elements: [first] }) => first?.type === 'Assertion' && first.kind === 'start'
    )
  );
}

/**
 * Writes a JavaScript pattern in the syntax of RE2, which matches in time linear in the text.
 *
 * What JavaScript means and RE2 reads differently (`\s`, `.`, `[^]`) is spelt out. Lookaround and
 * backreferences have no linear form. Two differences stay: texts are matched by code point, and
 * ignoring case follows Unicode's simple case folding, as with JavaScript's flags `iu`.
 *
 * Source of the syntax: https://github.com/google/re2/wiki/Syntax
 */
export function toLinearSyntax(pattern: AST.Pattern, flags: string): LinearSyntax {
  const writer = new Writer(flags);
  try {
    const body = writer.alternatives(pattern.alternatives);
    return { source: flags.includes('i') ? `(?i:${body})` : `(?:${body})` };
  } catch (error) {
    if (error instanceof NotLinear) {
      return { reason: error.reason };
    }
    throw error;
  }
}

class Writer {
  private readonly dot: string;
  private readonly start: string;
  private readonly end: string;

  constructor(private readonly flags: string) {
    this.dot = flags.includes('s') ? '(?s:.)' : `[^${LINE_END}]`;
    this.start = flags.includes('m') ? '(?m:^)' : String.raw`\A`;
    this.end = flags.includes('m') ? '(?m:$)' : String.raw`\z`;
  }

  alternatives(alternatives: AST.Alternative[]): string {
    return alternatives.map(alternative => this.elements(alternative.elements)).join('|');
  }

  private elements(elements: AST.Element[]): string {
    let text = '';
    for (let i = 0; i < elements.length; i++) {
      const element = elements[i]!;
      const next = elements[i + 1];
      // Without the flag `u` a character beyond the basic plane is read as its two halves.
      if (isHigh(element) && next && isLow(next)) {
        text += character(String.fromCharCode(element.value, next.value).codePointAt(0)!);
        i++;
      } else {
        text += this.element(element);
      }
    }
    return text;
  }

  private element(element: AST.Element): string {
    switch (element.type) {
      case 'Character':
        return character(element.value);
      case 'CharacterSet':
        return this.set(element);
      case 'CharacterClass':
        return this.characterClass(element);
      case 'CapturingGroup':
        return `(${this.alternatives(element.alternatives)})`;
      case 'Group':
        return this.group(element);
      case 'Quantifier':
        return this.quantifier(element);
      case 'Assertion':
        return this.assertion(element);
      case 'Backreference':
        throw new NotLinear('it refers back to a group');
      case 'ExpressionCharacterClass':
        throw new NotLinear('it computes a character class');
    }
  }

  private group({ alternatives, modifiers }: AST.Group): string {
    if (!modifiers) {
      return `(?:${this.alternatives(alternatives)})`;
    }
    const added = modifiers.add.raw;
    const removed = modifiers.remove?.raw ?? '';
    const flags = [...this.flags].filter(flag => !removed.includes(flag)).join('') + added;
    const body = new Writer(flags).alternatives(alternatives);
    return `(?${flags.includes('i') ? '' : '-'}i:${body})`;
  }

  private quantifier({ element, min, max, greedy }: AST.Quantifier): string {
    if (min > MOST_REPEATS || (max !== Infinity && max > MOST_REPEATS)) {
      throw new NotLinear(`it repeats something more than ${MOST_REPEATS} times`);
    }
    if (element.type === 'Assertion') {
      throw new NotLinear('it repeats a look ahead');
    }
    const range =
      max === Infinity
        ? min === 0
          ? '*'
          : min === 1
            ? '+'
            : `{${min},}`
        : min === 0 && max === 1
          ? '?'
          : `{${min},${max}}`;
    // The group keeps two quantifiers in a row apart, which RE2 would read as one.
    return `(?:${this.element(element)})${range}${greedy ? '' : '?'}`;
  }

  private assertion(assertion: AST.Assertion): string {
    switch (assertion.kind) {
      case 'start':
        return this.start;
      case 'end':
        return this.end;
      case 'word':
        return assertion.negate ? String.raw`\B` : String.raw`\b`;
      default:
        throw new NotLinear(assertion.kind === 'lookahead' ? 'it looks ahead' : 'it looks behind');
    }
  }

  private set(set: AST.CharacterSet): string {
    return set.kind === 'any' ? this.dot : `[${member(set)}]`;
  }

  private characterClass({ negate, elements, unicodeSets }: AST.CharacterClass): string {
    if (unicodeSets && elements.some(element => element.type.includes('Class'))) {
      throw new NotLinear('it computes a character class');
    }
    if (elements.length === 0) {
      return negate ? '(?s:.)' : NOTHING;
    }
    return `[${negate ? '^' : ''}${elements.map(element => member(element)).join('')}]`;
  }
}

/** What stands between the brackets of a character class for one of its elements. */
function member(element: AST.CharacterClassElement | AST.CharacterSet): string {
  switch (element.type) {
    case 'Character':
      return character(element.value);
    case 'CharacterClassRange':
      return `${character(element.min.value)}-${character(element.max.value)}`;
    case 'CharacterSet':
      break;
    default:
      throw new NotLinear('it computes a character class');
  }
  switch (element.kind) {
    case 'digit':
      return element.negate ? String.raw`\D` : String.raw`\d`;
    case 'word':
      return element.negate ? String.raw`\W` : String.raw`\w`;
    case 'space':
      return element.negate ? NOT_SPACE : SPACE;
    case 'property':
      return property(element);
    default:
      throw new NotLinear('it computes a character class');
  }
}

/** `\p{…}`: RE2 knows general categories by their short names, and scripts. */
function property({ key, value, negate }: AST.UnicodePropertyCharacterSet): string {
  const isScript = key === 'Script' || key === 'sc';
  const isCategory = key === 'General_Category' || key === 'gc' || value === null;
  const name = value ?? key;
  if (!(isScript || (isCategory && /^[A-Z][a-z]?$/.test(name)))) {
    throw new NotLinear(`it uses the property ${name}`);
  }
  return `\\${negate ? 'P' : 'p'}{${name}}`;
}

function character(code: number): string {
  if (code >= 0xd800 && code <= 0xdfff) {
    throw new NotLinear('it names half a character; add the flag `u`');
  }
  const text = String.fromCodePoint(code);
  return /[\w ]/.test(text) ? text : `\\x{${code.toString(16)}}`;
}

function isHigh(element: AST.Element): element is AST.Character {
  return element.type === 'Character' && element.value >= 0xd800 && element.value <= 0xdbff;
}

function isLow(element: AST.Element): element is AST.Character {
  return element.type === 'Character' && element.value >= 0xdc00 && element.value <= 0xdfff;
}
