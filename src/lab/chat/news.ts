import type { ReloadCause, SkillChange } from '../../protocol';

/**
 * The changes that a conversation should tell of by itself. The bot answers who said `reload`, and
 * says what would not load; telling it twice helps nobody.
 *
 * @param isAnswered - someone said something that the bot is still working on.
 */
export function worthTelling(
  cause: ReloadCause,
  changes: readonly SkillChange[],
  isAnswered: boolean
): SkillChange[] {
  if (cause === 'start' || (cause === 'request' && isAnswered)) {
    return [];
  }
  return changes.filter(
    ({ kind }) => kind !== 'unchanged' && (kind !== 'failed' || cause === 'request')
  );
}
