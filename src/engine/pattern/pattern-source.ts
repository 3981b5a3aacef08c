import type { Capture, MatcherRecord, MatcherRecordOf, MatchingCondition } from '../../protocol';
import { groupNames, parsePattern, type GroupNames } from './linear-syntax';
import { translateOpsdroidPattern } from './opsdroid-dialect';
import { convertCaptures, parseFormat } from './parse-format';

/** A matcher that holds a pattern against a text. */
export type PatternRecord = MatcherRecordOf<'regex'> | MatcherRecordOf<'parse'>;

/** What it takes to compile a pattern. */
export type PatternParts =
  | Pick<MatcherRecordOf<'regex'>, 'kind' | 'pattern' | 'flags' | 'condition' | 'dialect'>
  | Pick<MatcherRecordOf<'parse'>, 'kind' | 'format' | 'caseSensitive' | 'condition'>;

/** A pattern in JavaScript's syntax, whatever it was written in. */
export interface PatternSource {
  source: string;
  flags: string;
  /** What is demanded around it. */
  condition: MatchingCondition;
  /** What its groups are called. */
  names: GroupNames;
  /** True when its `$` also holds in front of a line end that ends the text. */
  endsBeforeLineEnd?: boolean;
  /** True when it asks for the edges of words, which this source knows in ASCII only. */
  hasBoundary?: boolean;
  /** Adds to captures what their texts stand for. */
  convert(captures: Capture[]): Capture[];
}

/** The source text by whose length a pattern is ranked. */
export function patternText(record: PatternParts): string {
  return record.kind === 'regex' ? record.pattern : record.format;
}

/**
 * Reads a matcher's pattern.
 *
 * @param looksAround - true for an engine that can look around.
 * @throws SyntaxError when it is none.
 */
export function readPattern(record: PatternParts, looksAround = false): PatternSource {
  if (record.kind === 'parse') {
    const isSearch = record.condition === 'search';
    const { source, fields } = parseFormat(record.format, isSearch);
    return {
      source,
      flags: record.caseSensitive ? 'su' : 'isu',
      condition: isSearch ? 'search' : 'fullmatch',
      names: fields.map(({ name }) => name),
      convert: captures => convertCaptures(captures, fields)
    };
  }
  const { pattern, flags, condition, dialect } = record;
  const unchanged = (captures: Capture[]): Capture[] => captures;
  if (dialect) {
    const translated = translateOpsdroidPattern(pattern, flags, looksAround);
    return { ...translated, condition, convert: unchanged };
  }
  const names = groupNames(parsePattern(pattern, flags));
  return { source: pattern, flags, condition, names, convert: unchanged };
}

/** True when two matchers hold the same pattern against a text, in the same way. */
export function samePattern(a: MatcherRecord, b: MatcherRecord): boolean {
  if (a.kind === 'regex' && b.kind === 'regex') {
    const { pattern, flags, condition, dialect } = a;
    return (
      pattern === b.pattern &&
      flags === b.flags &&
      condition === b.condition &&
      dialect === b.dialect
    );
  }
  return (
    a.kind === 'parse' &&
    b.kind === 'parse' &&
    a.format === b.format &&
    a.caseSensitive === b.caseSensitive &&
    a.condition === b.condition
  );
}

/** The pattern the way its author wrote it, for an error about it. */
export function writtenPattern(record: PatternParts): string {
  return record.kind === 'parse'
    ? `"${record.format}"`
    : record.dialect
      ? `"${record.pattern}"`
      : `/${record.pattern}/${record.flags}`;
}

/** The names of what a pattern can capture: its named groups or fields, each once. */
export function captureNames(record: PatternParts): string[] {
  return [...new Set(readPattern(record).names.filter(name => typeof name === 'string'))];
}
