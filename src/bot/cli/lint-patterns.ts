import { readFileSync } from 'node:fs';
import path from 'node:path';
import { guardWarning, LinearPattern, type PatternRecord } from '../../engine';
import { isLocal, resolveLocal } from '../../loader';
import { DEFAULT_SCORE_FACTOR, type ErrorRecord } from '../../protocol';
import { patternLiterals, readModule, type PatternLiteral } from '../../source';

/** The functions whose first argument is a pattern. */
const FUNCTIONS = new Set(['matchRegex', 'matchParse']);

/**
 * What is to be said about the patterns of a skill, without running any of it: patterns that are put
 * together while it runs are not seen here, but told when the skill is loaded.
 *
 * @param entry - the file the skill begins with, as an absolute path.
 * @param display - how a file is called in warnings.
 */
export function lintPatterns(entry: string, display: (file: string) => string): ErrorRecord[] {
  const seen = new Set<string>();
  const lint = (file: string): ErrorRecord[] => {
    if (seen.has(file) || file.endsWith('.json')) {
      return [];
    }
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    const imported = readModule(text, display(file)).imports.flatMap(({ specifier }) => {
      const found = isLocal(specifier) && resolveLocal(specifier, path.dirname(file));
      return found ? lint(found) : [];
    });
    const own = patternLiterals(text, display(file), FUNCTIONS).flatMap(literal =>
      warningOf(literal, display(file))
    );
    return [...own, ...imported];
  };
  return lint(entry);
}

function warningOf(literal: PatternLiteral, file: string): ErrorRecord[] {
  const record = { ...recordOf(literal), where: { file, ...literal.position } };
  try {
    return guardWarning({ record, pattern: LinearPattern.compile(record) });
  } catch {
    // What is no pattern at all is told when the skill is loaded.
    return [];
  }
}

function recordOf({ call, pattern, flags }: PatternLiteral): PatternRecord {
  const rest = { id: 'main', handler: 'main', scoreFactor: DEFAULT_SCORE_FACTOR };
  if (call === 'matchParse') {
    return { ...rest, kind: 'parse', format: pattern, caseSensitive: true, condition: 'match' };
  }
  return {
    ...rest,
    kind: 'regex',
    pattern,
    flags: (flags ?? '').replace(/[gyd]/g, ''),
    condition: 'search',
    ...(flags === undefined && { dialect: 'opsdroid' })
  };
}
