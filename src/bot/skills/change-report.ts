import { formatWhere, matcherText, type MatcherRecord, type SkillChange } from '../../protocol';

/** What a reload did, as the bot says it. */
export function describeChanges(changes: readonly SkillChange[]): string {
  const news = changes.filter(({ kind }) => kind !== 'unchanged');
  if (news.length === 0) {
    return 'Nothing has changed since the last load.';
  }
  return ['Reloaded.', ...news.map(describeChange), ...unchanged(changes)].join('\n');
}

/** What happened to one skill, in a line or a few. */
export function describeChange(change: SkillChange): string {
  const { skill, kind, version, added, removed, changed, error } = change;
  switch (kind) {
    case 'failed':
      return [
        `- **${skill}** would not load: ${error?.message ?? ''}${error?.where ? ` (${formatWhere(error.where)})` : ''}`,
        ...(error?.excerpt ? ['```', error.excerpt, '```'] : []),
        version > 0 ? `  Version ${version} goes on answering.` : '  It does not answer.'
      ].join('\n');
    case 'held':
      return `- **${skill}** is on hold. Saying \`release ${skill}\` ends that, and so does editing it.`;
    case 'removed':
      return `- **${skill}** is gone.`;
    default: {
      const details = [
        ...added.map(matcher => `new ${pattern(matcher)}`),
        ...removed.map(matcher => `gone ${pattern(matcher)}`),
        ...changed.map(({ before, after }) => `${pattern(before)} is now ${pattern(after)}`)
      ];
      const what = details.length > 0 ? details.join('; ') : 'same matchers, new code';
      return `- **${skill}** is ${kind === 'added' ? 'live' : `live in version ${version}`}: ${what}.`;
    }
  }
}

function unchanged(changes: readonly SkillChange[]): string[] {
  const names = changes.filter(({ kind }) => kind === 'unchanged').map(({ skill }) => skill);
  return names.length > 0 ? [`Unchanged: ${names.join(', ')}.`] : [];
}

function pattern(matcher: MatcherRecord): string {
  return `\`${matcherText(matcher)}\``;
}
