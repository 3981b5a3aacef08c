import type { MatcherRecord, SkillRecord, Trace } from '../../protocol';

/** A matcher with the skill that it belongs to. */
export interface OwnedMatcher {
  readonly skill: string;
  readonly matcher: MatcherRecord;
}

/** Kinds of matchers that are held against texts. */
const TEXT_KINDS: ReadonlySet<MatcherRecord['kind']> = new Set(['regex', 'parse', 'intent', 'nlu']);

/** The live matchers that were held against a text and did not match it; the product's own come last. */
export function otherMatchers(
  { candidates }: Pick<Trace, 'candidates'>,
  skills: readonly SkillRecord[]
): OwnedMatcher[] {
  const matched = new Set(candidates.map(({ skill, matcher }) => `${skill}\n${matcher.id}`));
  return skills
    .filter(({ state }) => state === 'live')
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .flatMap(({ name, matchers }) => matchers.map(matcher => ({ skill: name, matcher })))
    .filter(
      ({ skill, matcher }) =>
        TEXT_KINDS.has(matcher.kind) && !matched.has(`${skill}\n${matcher.id}`)
    );
}

function placeOf({ source }: SkillRecord): number {
  return source.kind === 'builtin' ? 1 : 0;
}
