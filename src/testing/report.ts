import { AssertionError } from 'node:assert';
import { formatWhere, matcherText, type Candidate, type Trace } from '../protocol';
import type { Expected, Reply } from './api';

/**
 * A failed expectation, with what a test runner shows of it.
 *
 * @param above - the function that was called by the test: its stack begins there.
 */
export function failure(
  message: string,
  actual: unknown,
  expected: unknown,
  above: (...values: never[]) => unknown = failure
): AssertionError {
  return new AssertionError({ message, actual, expected, stackStartFn: above });
}

/** True when a reply is as expected. */
export function isAsExpected(reply: Reply, expected: Expected): boolean {
  if (typeof expected === 'string') {
    return reply.text === expected;
  }
  if (typeof expected === 'function') {
    return expected(reply);
  }
  expected.lastIndex = 0;
  return expected.test(reply.text);
}

/** An expectation in words. */
export function expectationWords(expected: Expected): string {
  return typeof expected === 'string'
    ? JSON.stringify(expected)
    : typeof expected === 'function'
      ? `one for which ${expected.name || 'the function'} says true`
      : String(expected);
}

/** What the bot weighed, in lines that say why it did what it did. */
export function traceWords(trace: Trace): string[] {
  const { candidates, considered, nearMisses = [], troubles, refusal, run, outcome } = trace;
  const lines = candidates.map((candidate, i) =>
    candidateWords(candidate, trace, i === trace.winner)
  );
  if (candidates.length === 0 && (outcome === 'unmatched' || considered > 0)) {
    lines.push(`no matcher fits; ${considered} ${considered === 1 ? 'was' : 'were'} tried`);
  }
  for (const { skill, example } of nearMisses) {
    lines.push(`\`${example}\` (${skill}) is near`);
  }
  if (refusal !== undefined) {
    lines.push(`refused: ${refusal}`);
  }
  for (const { message } of troubles) {
    lines.push(`gave up: ${message}`);
  }
  if (run?.error) {
    const place = formatWhere(run.error.where);
    lines.push(`${run.error.message}${place && ` (${place})`}`);
  }
  return lines;
}

function candidateWords(candidate: Candidate, { text }: Trace, isWinner: boolean): string {
  const { skill, matcher, score, spans, excluded, reading } = candidate;
  const [span] = spans;
  const matched = span ? (reading ?? text).slice(span.start, span.end) : '';
  const result = excluded === undefined ? (isWinner ? 'wins' : 'matches too') : `not: ${excluded}`;
  return `${skill} ${matcher.id}: ${matcherText(matcher)} fits ${JSON.stringify(matched)}, score ${score.score.toFixed(6)}; ${result}`;
}
