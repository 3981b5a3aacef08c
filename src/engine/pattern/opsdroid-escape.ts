import { CLASSES, WORD } from './opsdroid-classes';

/** The edges of words of every script, and all other places; both look around. */
const BOUNDARY = `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`;
const NO_BOUNDARY = `(?:(?<=[${WORD}])(?=[${WORD}])|(?<![${WORD}])(?![${WORD}]))`;

/** Escapes that JavaScript's flag `u` knows by the same meaning. */
const SHARED_ESCAPE = /^(?:[bBsStnrfv^$\\.*+?()[\]{}|/]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/;

/** Where an escape stands. */
interface EscapePlace {
  /** True between brackets. */
  inClass: boolean;
  /** True when classes know ASCII only. */
  isAscii: boolean;
  isMultiline: boolean;
  /** True for an engine that can look around. */
  looksAround: boolean;
}

/** An escape in Python's syntax and in JavaScript's. */
interface Escape {
  whole: string;
  written: string;
}

/**
 * Reads the escape that a text begins with; references to groups are not among them.
 *
 * @throws SyntaxError for one that has no meaning here.
 */
export function readEscape(rest: string, place: EscapePlace): Escape {
  const character = rest[1];
  if (character === undefined) {
    throw new SyntaxError('a backslash stands at its end');
  }
  return (
    readClass(character, place) ??
    (place.inClass ? undefined : readAssertion(character, place)) ??
    readNumber(rest, place) ??
    readProperty(rest) ??
    readCharacter(rest, character, place)
  );
}

function readClass(character: string, { inClass, isAscii }: EscapePlace): Escape | undefined {
  const whole = `\\${character}`;
  const meaning = isAscii ? undefined : CLASSES[character];
  if (meaning) {
    return { whole, written: inClass ? meaning : `[${meaning}]` };
  }
  return /[wWdD]/.test(character) ? { whole, written: whole } : undefined;
}

function readAssertion(
  character: string,
  { isAscii, isMultiline, looksAround }: EscapePlace
): Escape | undefined {
  const whole = `\\${character}`;
  switch (character) {
    case 'A':
      return { whole, written: isMultiline ? '(?<![^])' : '^' };
    case 'Z':
      return { whole, written: isMultiline ? '(?![^])' : '$' };
    case 'b':
    case 'B': {
      const everywhere = character === 'b' ? BOUNDARY : NO_BOUNDARY;
      return { whole, written: isAscii || !looksAround ? whole : everywhere };
    }
    default:
      return undefined;
  }
}

/** A character by its number: `\101`, `\U0001F600`. */
function readNumber(rest: string, { inClass }: EscapePlace): Escape | undefined {
  const octal = (inClass ? /^\\([0-7]{1,3})/ : /^\\(0[0-7]{0,2}|[0-7]{3})/).exec(rest);
  if (octal) {
    const code = Number.parseInt(octal[1]!, 8).toString(16).padStart(4, '0');
    return { whole: octal[0], written: `\\u${code}` };
  }
  const long = /^\\U([0-9a-fA-F]{8})/.exec(rest);
  return long ? { whole: long[0], written: `\\u{${long[1]!.replace(/^0+(?=.)/, '')}}` } : undefined;
}

/** `\p{L}`, `\pL`, and their opposites `\P{L}` and `\p{^L}`. */
function readProperty(rest: string): Escape | undefined {
  const [whole, letter, inverted, long, short] =
    /^\\([pP])(?:\{(\^?)([^}]*)\}|(\w))/.exec(rest) ?? [];
  if (whole === undefined) {
    return undefined;
  }
  const isOpposite = (letter === 'P') !== (inverted === '^');
  return { whole, written: `\\${isOpposite ? 'P' : 'p'}{${long ?? short}}` };
}

function readCharacter(rest: string, character: string, { inClass }: EscapePlace): Escape {
  const whole = `\\${character}`;
  if (character === 'a') {
    return { whole, written: String.raw`\x07` };
  }
  if (SHARED_ESCAPE.test(rest.slice(1)) || (character === '-' && inClass)) {
    return { whole, written: whole };
  }
  if (/[a-zA-Z]/.test(character)) {
    throw new SyntaxError(`\`${whole}\` has no meaning here`);
  }
  // JavaScript's flag `u` allows no other escapes; what means itself is written as itself.
  const itself = String.fromCodePoint(rest.codePointAt(1)!);
  return { whole: `\\${itself}`, written: itself };
}
