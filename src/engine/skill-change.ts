import type { MatcherRecord, SkillChange } from '../protocol';

/** What changed between two versions of a skill's matchers: by id, whatever their order. */
export function compareMatchers(
  before: readonly MatcherRecord[],
  after: readonly MatcherRecord[]
): Pick<SkillChange, 'added' | 'removed' | 'changed'> {
  const old = new Map(before.map(matcher => [matcher.id, matcher]));
  const kept = new Set(after.map(matcher => matcher.id));
  return {
    added: after.filter(matcher => !old.has(matcher.id)),
    removed: before.filter(matcher => !kept.has(matcher.id)),
    changed: after.flatMap(matcher => {
      const previous = old.get(matcher.id);
      return previous && !sameMatcher(previous, matcher)
        ? [{ before: previous, after: matcher }]
        : [];
    })
  };
}

/** True when two records match and rank alike; where they stand in a file does not count. */
function sameMatcher(a: MatcherRecord, b: MatcherRecord): boolean {
  const essence = ({ where: _, ...rest }: MatcherRecord): string => JSON.stringify(rest);
  return essence(a) === essence(b);
}
