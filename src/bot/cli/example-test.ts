import {
  chatOpsError,
  didYouMean,
  formatWhere,
  type MatcherRecord,
  type SkillRecord,
  type Trace
} from '../../protocol';
import { placeOf, type Explainer, type TriedPlace } from './explainer';
import { palette, type Palette } from './palette';

/** One example, and what is wrong with it. */
export interface ExampleResult {
  skill: string;
  matcher: string;
  example: string;
  /** Nothing when it is right. */
  problem?: string;
}

/** What came of holding examples against all skills. */
export interface ExampleReport {
  results: ExampleResult[];
  /** Skills that would not load, and why. */
  broken: { skill: string; problem: string }[];
  /** Skills whose commands have no examples. */
  untested: string[];
}

/**
 * Holds each example of each command against all skills: it must match its own matcher, and no other
 * skill may win.
 *
 * @param names - the skills whose examples are tested; all when there are none.
 * @throws ChatOpsError `CHATOPS_SKILL_UNKNOWN`.
 */
export async function testExamples(
  explainer: Explainer,
  names: readonly string[]
): Promise<ExampleReport> {
  const known = explainer.skills.map(({ name }) => name);
  const unknown = names.find(name => !known.includes(name));
  if (unknown !== undefined) {
    const suggestion = didYouMean(unknown, known);
    throw chatOpsError('CHATOPS_SKILL_UNKNOWN', { name: unknown, suggestion });
  }
  const skills = explainer.skills.filter(({ name }) => names.length === 0 || names.includes(name));
  const results: ExampleResult[] = [];
  for (const { name: skill, matchers } of skills) {
    for (const matcher of matchers) {
      for (const example of matcher.examples ?? []) {
        const trace = await explainer.explain(filledIn(example, matcher), placeFor(matcher));
        const problem = problemWith(trace, skill, matcher);
        results.push({
          skill,
          matcher: matcher.id,
          example,
          ...(problem !== undefined && { problem })
        });
      }
    }
  }
  return {
    results,
    broken: skills.flatMap(({ name: skill, error }) =>
      error
        ? [{ skill, problem: [error.message, formatWhere(error.where)].filter(Boolean).join(' ') }]
        : []
    ),
    untested: skills.filter(hasNoExamples).map(({ name }) => name)
  };
}

/** A report for people to read in a terminal. */
export function reportText(
  { results, broken, untested }: ExampleReport,
  { strong, good, bad, quiet }: Palette = palette()
): string {
  const wrong = results.filter(({ problem }) => problem !== undefined).length;
  const sections = [...new Set(results.map(({ skill }) => skill))].map(skill => [
    strong(skill),
    ...results
      .filter(result => result.skill === skill)
      .flatMap(({ example, problem }) =>
        problem === undefined
          ? [`  ${good('✓')} ${example}`]
          : [`  ${bad('✗')} ${example}`, `      ${problem}`]
      )
  ]);
  const count = results.length === 1 ? '1 example' : `${results.length} examples`;
  const sum =
    wrong === 0 && broken.length === 0
      ? good(`${count}, all right`)
      : bad(`${count}, ${wrong} wrong`);
  return [
    ...sections.map(lines => lines.join('\n')),
    ...broken.map(
      ({ skill, problem }) => `${strong(skill)}\n  ${bad('✗')} would not load: ${problem}`
    ),
    ...(untested.length > 0 ? [quiet(`without examples: ${untested.join(', ')}`)] : []),
    sum
  ].join('\n\n');
}

function problemWith(trace: Trace, skill: string, matcher: MatcherRecord): string | undefined {
  const { candidates, winner } = trace;
  const own = candidates.find(
    candidate => candidate.skill === skill && candidate.matcher.id === matcher.id
  );
  const best = winner === undefined ? undefined : candidates[winner];
  if (!own) {
    const instead = best ? `; ${best.skill} · ${best.matcher.id} does` : '';
    return `${matcher.id} does not match it${instead}`;
  }
  if (own.excluded !== undefined) {
    return `${matcher.id} is out: ${own.excluded}`;
  }
  if (best && best.skill !== skill) {
    const score = (value: number): string => value.toFixed(4);
    return `${best.skill} · ${best.matcher.id} wins with ${score(best.score.score)}, ${matcher.id} has ${score(own.score.score)}`;
  }
  return undefined;
}

/** A field of an example stands for any text; one that its author lists, where there is a list. */
function filledIn(example: string, matcher: MatcherRecord): string {
  return matcher.kind === 'intent'
    ? example.replace(
        /\{(\w+)[^}]*\}/g,
        (_, name: string) => matcher.arguments?.[name]?.choices?.[0] ?? 'something'
      )
    : example;
}

/** A place where the matcher holds. */
function placeFor({ constraints = [] }: MatcherRecord): TriedPlace {
  const first = (on: 'rooms' | 'users' | 'connectors'): string | undefined =>
    constraints.find(constraint => constraint.on === on && !constraint.invert)?.values[0];
  const [room, user, connector] = [first('rooms'), first('users'), first('connectors')];
  return placeOf({
    user: user ?? 'tester',
    ...(room !== undefined && { room }),
    ...(connector !== undefined && { connector })
  });
}

function hasNoExamples({ matchers, state, source }: SkillRecord): boolean {
  const spoken = matchers.filter(({ kind }) => ['regex', 'parse', 'intent', 'nlu'].includes(kind));
  return (
    state === 'live' &&
    source.kind !== 'builtin' &&
    spoken.length > 0 &&
    spoken.every(({ examples = [] }) => examples.length === 0)
  );
}
