import {
  describeError,
  formatWhere,
  matcherText,
  type Candidate,
  type ScoreParts,
  type Trace
} from '../../protocol';
import { palette, type Palette } from './palette';

/** What was weighed for a text, for people to read in a terminal. */
export function traceText(trace: Trace, colours: Palette = palette()): string {
  return [
    head(trace, colours),
    ...trace.candidates.map((candidate, i) =>
      candidateText(candidate, trace, i === trace.winner, colours)
    ),
    ...guardedText(trace, colours),
    ...unaskedText(trace, colours),
    ...trace.troubles.map(trouble => colours.bad(describeError(trouble))),
    verdict(trace, colours)
  ].join('\n\n');
}

function head(trace: Trace, { strong, quiet }: Palette): string {
  const { text, user, room, connector, considered, matching } = trace;
  const matchers = considered === 1 ? '1 matcher' : `${considered} matchers`;
  return [
    strong(text),
    quiet(`from ${user.name} in ${room} by ${connector}; ${matchers}, ${matching.toFixed(1)} ms`)
  ].join('\n');
}

/** The matchers that could not be asked with the others. */
function guardedText({ guarded = [] }: Trace, { quiet }: Palette): string[] {
  const lines = guarded.map(({ skill, matcher, reason }) => `${skill} · ${matcher}: ${reason}`);
  return lines.length > 0 ? [quiet(['in a thread of their own', ...lines].join('\n  '))] : [];
}

/** The parsers of natural language that are not told of such a text. */
function unaskedText({ unasked = [] }: Trace, { quiet }: Palette): string[] {
  const lines = unasked.map(({ parser, reason }) => `${parser}: ${reason}`);
  return lines.length > 0 ? [quiet(['not asked', ...lines].join('\n  '))] : [];
}

function candidateText(
  candidate: Candidate,
  { text }: Trace,
  isWinner: boolean,
  { strong, good, bad, quiet }: Palette
): string {
  const { skill, matcher, score, captures, excluded, reading } = candidate;
  const mark = isWinner ? good('●') : '○';
  const title = `${mark} ${strong(`${skill} · ${matcher.id}`)}  ${rounded(score.score)}`;
  const where = matcher.where ? `  ${quiet(formatWhere(matcher.where))}` : '';
  return [
    title,
    matcherText(matcher) + where,
    ...(reading === undefined ? [] : [`read as: ${reading}`]),
    ...underlined(reading ?? text, candidate).map((line, i) => (i === 1 ? good(line) : line)),
    ...captures.map(({ name, value }) => `${name} = ${value ?? quiet('nothing')}`),
    quiet(scoreText(score)),
    ...(excluded === undefined ? [] : [bad(`out: ${excluded}`)])
  ]
    .map((line, i) => (i === 0 ? line : `  ${line}`))
    .join('\n');
}

/** The text with a line below that marks what matched; nothing for texts of several lines. */
function underlined(text: string, { spans }: Candidate): string[] {
  if (spans.length === 0 || text.includes('\n')) {
    return [];
  }
  const marks = [...text].map(() => ' ');
  for (const { start, end } of spans) {
    // A match may be empty, and still stands somewhere.
    marks.fill('─', widthOf(text, start), Math.max(widthOf(text, end), widthOf(text, start) + 1));
  }
  return [text, marks.join('').trimEnd()];
}

function widthOf(text: string, offset: number): number {
  return Array.from(text.slice(0, offset)).length;
}

function scoreText({ score, basis, base, length, example, factor, coverage }: ScoreParts): string {
  const reason = {
    length: `a pattern of ${length} characters`,
    similarity: example === undefined ? 'its likeness' : `its likeness to "${example}"`,
    confidence: 'the confidence of the parser'
  }[basis];
  return `${rounded(score)} = ${rounded(base)} (${reason}) × ${factor}; covers ${Math.round(coverage * 100)} %`;
}

function verdict(trace: Trace, { good, bad, strong }: Palette): string {
  const { candidates, winner, refusal, outcome, nearMisses = [] } = trace;
  const candidate = winner === undefined ? undefined : candidates[winner];
  if (!candidate) {
    const meant = nearMisses.map(({ example, skill }) => `  ${strong(example)}  (${skill})`);
    return [
      bad(candidates.length > 0 ? 'Nothing would answer: all are out.' : 'Nothing would answer.'),
      ...(meant.length > 0 ? ['Did you mean:', ...meant] : [])
    ].join('\n');
  }
  const { skill, matcher, captures } = candidate;
  if (refusal !== undefined) {
    return bad(`${skill} would refuse: ${refusal}.`);
  }
  if (outcome !== 'asked') {
    return good(`${skill} would answer.`);
  }
  const values = new Map(captures.map(({ name, value }) => [name, value ?? '']));
  const question =
    typeof matcher.confirm === 'string'
      ? `: ${matcher.confirm.replace(/\{(\w+)\}/g, (field, name: string) => values.get(name) ?? field)}`
      : '.';
  return good(`${skill} would ask first${question}`);
}

function rounded(value: number): string {
  return value.toFixed(4).replace(/\.?0+$/, '');
}
