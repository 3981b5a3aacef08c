import { matcherText, type Trace } from '../protocol';
import type { ExplainedCandidate, Explanation, Outcome } from './api';
import { traceWords } from './report';

/** A trace as a test looks at it. */
export class TraceExplanation implements Explanation {
  readonly skill: string | undefined;
  readonly matcher: string | undefined;
  readonly outcome: Outcome;
  readonly refusal: string | undefined;
  readonly suggestions: readonly string[];
  readonly candidates: readonly ExplainedCandidate[];

  constructor(private readonly trace: Trace) {
    const winner = trace.winner === undefined ? undefined : trace.candidates[trace.winner];
    this.skill = winner?.skill;
    this.matcher = winner?.matcher.id;
    this.outcome = trace.outcome;
    this.refusal = trace.refusal;
    this.suggestions = (trace.nearMisses ?? []).map(({ example }) => example);
    this.candidates = trace.candidates.map(candidate => ({
      skill: candidate.skill,
      matcher: candidate.matcher.id,
      pattern: matcherText(candidate.matcher),
      score: candidate.score.score,
      matched: candidate.spans
        .slice(0, 1)
        .map(({ start, end }) => (candidate.reading ?? trace.text).slice(start, end))
        .join(''),
      captures: Object.fromEntries(candidate.captures.map(({ name, value }) => [name, value])),
      excluded: candidate.excluded
    }));
  }

  toString(): string {
    return [`${JSON.stringify(this.trace.text)}: ${this.outcome}`, ...traceWords(this.trace)].join(
      '\n  '
    );
  }
}
