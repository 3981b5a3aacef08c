import type { Capture } from '../../protocol';
import { dateField, type TypedValue } from './parse-dates';

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
    read: text => toInteger(text.replace(/[,.]/g, ''), 10)
  },
  f: { source: String.raw`\d*\.\d+`, read: toFloat },
  F: { source: String.raw`\d*\.\d+`, read: toFloat },
  e: { source: String.raw`(?:\d*\.\d+[eE][-+]?\d+|nan|NAN|[-+]?inf|[-+]?INF)`, read: toFloat },
  g: { source: String.raw`(?:\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|nan|NAN|inf|INF)`, read: toFloat },
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
 * @throws SyntaxError for a brace without its partner, or a type that does not exist.
 */
export function parseFormat(format: string, search: boolean): ParsedFormat {
  const fields: FormatField[] = [];
  const numbers = new Map<string, number>();
  const parts = splitFormat(format);
  const source = parts.map((part, i) => {
    if (typeof part === 'string') {
      return escapeText(part);
    }
    const { name, specification } = part;
    const known = name === undefined ? undefined : numbers.get(name);
    if (known !== undefined) {
      // The same name again must have caught the same text.
      return `(?:\\${known})`;
    }
    const isOpenEnd = search && i === parts.length - 1;
    const { before, group, after, convert } = readField(specification, isOpenEnd);
    fields.push({ name, ...(convert && { convert }) });
    if (name !== undefined) {
      numbers.set(name, fields.length);
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
      const isPositional = name === '' || /^\d+$/.test(name);
      parts.push({ name: isPositional ? undefined : name, specification: rest.join(':') });
    } else if (whole === '{' || whole === '}') {
      throw new SyntaxError(
        `a single \`${whole}\` in the format; write it twice to mean the character`
      );
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
  if (text.includes('%') && text !== '%' && !/^[^%]*%$/.test(text)) {
    return { before: '', after: '', ...dateField(text) };
  }
  const specification = readSpecification(text);
  const { type, width, precision, align } = specification;
  if (type === 'd') {
    return pad(specification, {
      group: `${SIGN}${integerSource(width)}`,
      convert: number(toAnyInteger)
    });
  }
  const numeric = NUMBERS[type];
  if (numeric) {
    const fill = align === '=' ? `${escapeText(specification.fill || '0')}*` : '';
    return pad(specification, {
      group: `${SIGN}${fill}${numeric.source}`,
      convert: number(numeric.read)
    });
  }
  if (/^t[iegachst]$/.test(type)) {
    return pad(specification, dateField(type));
  }
  if (type !== '') {
    const group = TEXTS[type];
    if (!group) {
      throw new SyntaxError(`\`${type}\` is not a type of field`);
    }
    return pad(specification, { group });
  }
  if (precision !== undefined) {
    return pad(specification, { group: `.{${width ?? 1},${precision}}?` });
  }
  if (width !== undefined) {
    return pad(specification, { group: `.{${width},}?` });
  }
  return pad(specification, { group: isOpenEnd ? '.+' : '.+?' });
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

function readSpecification(text: string): Specification {
  const match = /^(?:(.)?([<>=^]))?(0)?(\d+)?(?:\.(\d+))?(.*)$/.exec(text)!;
  const [, fill = '', align = '', zero, width, precision, type = ''] = match;
  return {
    fill: fill || (zero ? '0' : ''),
    align: align || (zero ? '=' : ''),
    width: width === undefined ? undefined : Number(width),
    precision: precision === undefined ? undefined : Number(precision),
    type
  };
}

function integerSource(width: number | undefined): string {
  const times = width === undefined ? '+' : `{1,${width}}`;
  return `(?:[-+ ]?0[xX][0-9a-fA-F]${times}|[-+ ]?0[bB][01]${times}|[-+ ]?0[oO][0-7]${times}|[-+ ]?[0-9]${times})`;
}

function number(read: (text: string) => number): (text: string) => TypedValue {
  return text => ({ type: 'number', value: read(text) });
}

/** An integer in the notation its prefix names. */
function toAnyInteger(text: string): number {
  const prefix = /^[-+ ]*0([xXbBoO])/.exec(text)?.[1]?.toLowerCase();
  return toInteger(text, prefix === 'x' ? 16 : prefix === 'b' ? 2 : prefix === 'o' ? 8 : 10);
}

function toInteger(text: string, base: number): number {
  const bare = text.replace(/ /g, '');
  const isNegative = bare.startsWith('-');
  const digits = bare.replace(/^[-+]+/, '').replace(/^0[xXbBoO]/, '');
  const value = Number.parseInt(digits, base);
  return isNegative ? -value : value;
}

function toFloat(text: string): number {
  const bare = text.replace(/ /g, '');
  const special = /^([-+]?)(inf|nan)$/i.exec(bare);
  if (special) {
    return special[2]!.toLowerCase() === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
  }
  return Number(bare);
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
