import type { MatcherRecord } from '../protocol';

/** The sentences by which people can know a matcher: its examples, and its pattern where that is one. */
export function sentencesOf(record: MatcherRecord): readonly string[] {
  const { examples = [] } = record;
  if (record.kind === 'parse') {
    return [...examples, record.format.replace(/\{([^{}:]*)[^{}]*\}/g, '{$1}')];
  }
  return record.kind === 'regex' && /^\^?[\w -]+\$?$/.test(record.pattern)
    ? [...examples, record.pattern.replace(/[$^]/g, '')]
    : examples;
}
