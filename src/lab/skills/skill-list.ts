import type { TranslationBundle } from '@jupyterlab/translation';
import type { MatcherRecord, SkillRecord } from '../../protocol';
import { matcherWords } from '../why/matcher-words';

/** How a skill is doing, as people see it. */
export type SkillCondition =
  /** It answers. */
  | 'live'
  /** It answers; its newest version would not load. */
  | 'outdated'
  /** It is kept from answering, by a person or because it went wrong too often. */
  | 'held'
  /** It never loaded. */
  | 'error';

/** How a skill is doing. */
export function conditionOf({ state, error }: SkillRecord): SkillCondition {
  if (state !== 'live') {
    return state;
  }
  return error ? 'outdated' : 'live';
}

/** How a skill is doing, in a few words. */
export function conditionWords(record: SkillRecord, trans: TranslationBundle): string {
  switch (conditionOf(record)) {
    case 'live':
      return trans.__('live, version %1', record.version);
    case 'outdated':
      return trans.__('version %1 answers; the newest one would not load', record.version);
    case 'held':
      return trans.__('on hold');
    case 'error':
      return trans.__('would not load');
  }
}

/** What needs someone comes first, what belongs to the product last. */
const PLACES: Record<SkillCondition, number> = { error: 0, outdated: 1, held: 2, live: 3 };

/** The skills in which all the words of a search stand, in the order in which a person looks through them. */
export function listSkills(
  skills: readonly SkillRecord[],
  search: string,
  trans: TranslationBundle
): SkillRecord[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return skills
    .filter(skill => {
      const text = textOf(skill, trans).toLowerCase();
      return words.every(word => text.includes(word));
    })
    .toSorted((a, b) => placeOf(a) - placeOf(b) || a.name.localeCompare(b.name));
}

function placeOf(skill: SkillRecord): number {
  const place = PLACES[conditionOf(skill)];
  return place === PLACES.live && skill.source.kind === 'builtin' ? place + 1 : place;
}

function textOf(skill: SkillRecord, trans: TranslationBundle): string {
  const { name, source, matchers } = skill;
  return [
    name,
    conditionWords(skill, trans),
    source.file ?? source.path ?? '',
    ...matchers.map(matcher => matcherText(matcher, trans))
  ].join('\n');
}

function matcherText(matcher: MatcherRecord, trans: TranslationBundle): string {
  const { kind, code, how } = matcherWords(matcher, trans);
  const { description = '', examples = [] } = matcher;
  return [kind, code, how, description, ...examples].join('\n');
}
