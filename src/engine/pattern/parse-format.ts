import type { Capture } from '../../protocol';
import { dateField, isDateFormat, type TypedValue } from './parse-dates';

/** A field of a format: how its text looks, and what it stands for. */
export interface FormatField {
  /** Its name, or nothing for `{}` and `{0}`. */
  name: string | undefined;
  /** What its text stands for; nothing for text that stands for itself, or that stands for nothing. */
  convert?: (text: string) => TypedValue | undefined;
}

/** A format as a regular expression with a group for each field. */
export interface ParsedFormat {
  /** In JavaScript's syntax; to be read with the flags `su`. */
  source: string;
  fields: FormatField[];
}

/** Sign and padding that a number may have in front. */
const SIGN = '[-+ ]?';

/** Fields that are numbers: how they look without their sign, and how they are read. */
const NUMBERS: Readonly<Record<string, { source: string; read: (text: string) => number }>> = {
  n: {
    source: String.raw`\d{1,3}(?:[,.]\d{3})*`,
    read: text => toInteger(text, 10)
  },
  f: { source: String.raw`\d*\.\d+`, read: toFloat },
  F: { source: String.raw`\d*\.\d+`, read: toFloat },
  e: { source: String.raw`(?:\d*\.\d+[eE][-+]?\d+|nan|NAN|[-+]?inf|[-+]?INF)`, read: toFloat },
  g: {
    source: String.raw`(?:\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|nan|NAN|[-+]?inf|[-+]?INF)`,
    read: toFloat
  },
  b: { source: String.raw`(?:0[bB])?[01]+`, read: text => toInteger(text, 2) },
  o: { source: String.raw`(?:0[oO])?[0-7]+`, read: text => toInteger(text, 8) },
  x: { source: String.raw`(?:0[xX])?[0-9a-fA-F]+`, read: text => toInteger(text, 16) },
  '%': { source: String.raw`\d+(?:\.\d+)?%`, read: text => toFloat(text.slice(0, -1)) / 100 }
};

/** Fields that are text of one kind of characters. */
const TEXTS: Readonly<Record<string, string>> = {
  l: '[A-Za-z]+',
  w: String.raw`[\p{L}\p{M}\p{N}_]+`,
  W: String.raw`[^\p{L}\p{M}\p{N}_]+`,
  s: String.raw`\s+`,
  S: String.raw`\S+`,
  D: String.raw`[^\p{Nd}]+`
};

/** What stands between the braces after the colon. */
interface Specification {
  fill: string;
  align: string;
  width: number | undefined;
  /** What may stand between the digits of a number. */
  grouping: string;
  precision: number | undefined;
  type: string;
}

/**
 * Reads a format such as `deploy {service} to {place:w}`, as PyPI's `parse` does.
 *
 * Source: https://github.com/r1chardj0n3s/parse, version 1.21.0.
 *
 * @param search - true when it is looked for anywhere in a text: a field at its end then runs to the
 * end of the text instead of stopping at its first character.
 * @throws SyntaxError for a brace without its partner, a type that does not exist, or a name that
 * stands for two types.
 */
export function parseFormat(format: string, search: boolean): ParsedFormat {
  const fields: FormatField[] = [];
  const known = new Map<string, { number: number; specification: string }>();
  const parts = splitFormat(format);
  const source = parts.map((part, i) => {
    if (typeof part === 'string') {
      return escapeText(part);
    }
    const { name, specification } = part;
    const earlier = name === undefined ? undefined : known.get(name);
    if (earlier) {
      if (earlier.specification !== specification) {
        throw new SyntaxError(`the field \`${name}\` has two types`);
      }
      // The same name again must have caught the same text.
      return `(?:\\${earlier.number})`;
    }
    const isOpenEnd = search && i === parts.length - 1;
    const { before, group, after, convert } = readField(specification, isOpenEnd);
    fields.push({ name, ...(convert && { convert }) });
    if (name !== undefined) {
      known.set(name, { number: fields.length, specification });
    }
    return `${before}(${group})${after}`;
  });
  return { source: source.join(''), fields };
}

/** Adds to captures what their texts stand for. */
export function convertCaptures(captures: Capture[], fields: readonly FormatField[]): Capture[] {
  return captures.map((capture, i) => {
    const typed =
      capture.value === null ? undefined : fields[i % fields.length]?.convert?.(capture.value);
    return typed ? { ...capture, typed } : capture;
  });
}

type Part = string | { name: string | undefined; specification: string };

function splitFormat(format: string): Part[] {
  const parts: Part[] = [];
  const pattern = /\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+/g;
  for (const [whole, inside] of format.matchAll(pattern)) {
    if (inside !== undefined) {
      const [name = '', ...rest] = inside.split(':');
      // What does not begin with a letter, as `{}` and `{0}`, has no name.
      const isNamed = /^\p{L}/u.test(name);
      parts.push({ name: isNamed ? name : undefined, specification: rest.join(':') });
    } else if (whole === '{' || whole === '}') {
      throw new SyntaxError(`a single \`${whole}\` must be written twice to mean the character`);
    } else {
      parts.push(whole === '{{' ? '{' : whole === '}}' ? '}' : whole);
    }
  }
  return parts;
}

interface ReadField {
  before: string;
  group: string;
  after: string;
  convert?: (text: string) => TypedValue | undefined;
}

function readField(text: string, isOpenEnd: boolean): ReadField {
  const specification = readSpecification(text);
  const { fill, align, type, width } = specification;
  if (isDateFormat(type) || /^t[iegachst]$/.test(type)) {
    return pad(specification, dateField(type));
  }
  const zeros = align === '=' ? `${escapeText(fill || '0')}*` : '';
  if (type === 'd') {
    const group = `${SIGN}${zeros}${integerSource(specification)}`;
    return pad(specification, { group, convert: number(toAnyInteger) });
  }
  const numeric = NUMBERS[type];
  if (numeric) {
    const group = `${SIGN}${zeros}${numeric.source}`;
    return pad(specification, { group, convert: number(numeric.read) });
  }
  if (type !== '') {
    const group = TEXTS[type];
    if (!group) {
      throw new SyntaxError(`\`${type}\` is not a type of field`);
    }
    return pad(specification, { group });
  }
  const { precision } = specification;
  if (precision !== undefined) {
    return pad(specification, { group: `.{${width ?? 1},${precision}}${isOpenEnd ? '' : '?'}` });
  }
  const field = pad(specification, { group: width === undefined ? '.+?' : `.{${width},}?` });
  return isOpenEnd ? { ...field, after: `${field.after}$` } : field;
}

/** Around a field there may be padding, which is not part of its text. */
function pad(
  { fill, align, width }: Specification,
  field: Omit<ReadField, 'before' | 'after'>
): ReadField {
  const padding = `${escapeText(fill || ' ')}*`;
  const side = align || (width === undefined ? '' : '>');
  return {
    ...field,
    before: side === '>' || side === '^' ? padding : '',
    after: side === '<' || side === '^' ? padding : ''
  };
}

/** Reads `[[fill]align][sign][0][width][grouping][.precision][type]`. */
function readSpecification(text: string): Specification {
  const match = /^(?:(.)?([<>=^]))?[-+ ]?0?(\d+)?([,_])?(?:\.(\d+))?(.*)$/su.exec(text)!;
  const [, fill = '', align = '', width, grouping = '', precision, type = ''] = match;
  return {
    fill,
    align,
    width: width === undefined ? undefined : Number(width),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type
  };
}

function integerSource({ width, grouping }: Specification): string {
  const times = width === undefined ? '+' : `{1,${width}}`;
  const digits = (some: string): string => `[${some}${grouping}]${times}`;
  return `(?:[-+ ]?0[xX]${digits('0-9a-fA-F')}|[-+ ]?0[bB]${digits('01')}|[-+ ]?0[oO]${digits('0-7')}|[-+ ]?${digits('0-9')})`;
}

/** A number; nothing for one with more digits than a number can hold, such as a long id. */
function number(read: (text: string) => number): (text: string) => TypedValue | undefined {
  return text => {
    const value = read(text);
    if (read !== toFloat && !Number.isSafeInteger(value) && Number.isInteger(value)) {
      return undefined;
    }
    // JSON has no word for the numbers that are none.
    return { type: 'number', value: Number.isFinite(value) ? value : String(value) };
  };
}

/** An integer in the notation its prefix names. */
function toAnyInteger(text: string): number {
  const prefix = /^[-+ ]*0([xXbBoO])/.exec(text)?.[1]?.toLowerCase();
  return toInteger(text, prefix === 'x' ? 16 : prefix === 'b' ? 2 : prefix === 'o' ? 8 : 10);
}

/** What is no digit is prefix, padding or grouping. */
function toInteger(text: string, base: number): number {
  const digits = '0123456789abcdef'.slice(0, base);
  const bare = text.toLowerCase().replace(new RegExp(`[^${digits}]`, 'g'), '');
  const value = Number.parseInt(bare, base);
  return /^ *-/.test(text) ? -value : value;
}

function toFloat(text: string): number {
  const bare = text.replace(/ /g, '').toLowerCase();
  const isSpecial = /(?:inf|nan)$/.test(bare);
  return Number(isSpecial ? bare.replace('inf', 'Infinity').replace(/.*nan/, 'NaN') : bare);
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
