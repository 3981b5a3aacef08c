import { parsePattern, readPattern, writtenPattern, type PatternParts } from '../../engine';
import { chatOpsError, reasonOf } from '../../protocol';

/** @throws ChatOpsError `CHATOPS_MATCHER_PATTERN` for a pattern that can never match. */
export function checkPattern(parts: PatternParts): void {
  try {
    const { source, flags } = readPattern(parts);
    parsePattern(source, flags);
  } catch (error) {
    throw chatOpsError(
      'CHATOPS_MATCHER_PATTERN',
      {
        pattern: writtenPattern(parts),
        reason: reasonOf(error).replace(/^Invalid regular expression: .*: /, '')
      },
      { cause: error }
    );
  }
}
