import type { Consultation, Invocation, RunContext, RunResult, Skill } from '../../src/engine';
import {
  DEFAULT_SCORE_FACTOR,
  toErrorRecord,
  type MatcherKind,
  type MatcherRecord,
  type MatcherRecordOf
} from '../../src/protocol';

/** A regular expression's record with everything that a test does not care about. */
export function matcher(
  expression: RegExp,
  more: Partial<MatcherRecordOf<'regex'>> = {}
): MatcherRecordOf<'regex'> {
  return record('regex', {
    pattern: expression.source,
    flags: expression.flags,
    condition: 'search',
    ...more
  });
}

/** A format's record. */
export function format(
  text: string,
  more: Partial<MatcherRecordOf<'parse'>> = {}
): MatcherRecordOf<'parse'> {
  return record('parse', { format: text, caseSensitive: true, condition: 'match', ...more });
}

/** The record of a matcher of any kind. */
export function record<K extends MatcherKind>(
  kind: K,
  more: Omit<MatcherRecordOf<K>, 'id' | 'handler' | 'kind' | 'scoreFactor'> &
    Partial<MatcherRecordOf<K>>
): MatcherRecordOf<K> {
  const id = more.id ?? 'main';
  return { kind, id, handler: id, scoreFactor: DEFAULT_SCORE_FACTOR, ...more } as never;
}

/** What a skill of a test does when it is called. */
export type Action = (invocation: Invocation, context: RunContext) => unknown;

/** What else a skill of a test is made of. */
export interface SkillParts {
  fingerprint?: string;
  consult?: (invocation: Invocation, question: Consultation) => unknown;
}

/** A skill that runs in the test itself. */
export function skill(
  name: string,
  matchers: RegExp | MatcherRecord[],
  action: Action = () => undefined,
  { fingerprint = 'a', consult }: SkillParts = {}
): Skill {
  return {
    name,
    source: { kind: 'path', path: `skills/${name}` },
    matchers: matchers instanceof RegExp ? [matcher(matchers)] : matchers,
    fingerprint,
    runner: {
      async run(invocation, context): Promise<RunResult> {
        try {
          return { outcome: 'answered', value: await action(invocation, context) };
        } catch (error) {
          const { message } = error as Error;
          const failure = { code: 'CHATOPS_SKILL_FAILED', message, hint: '' };
          const known = toErrorRecord(error);
          return {
            outcome: 'failed',
            error: known.code === 'CHATOPS_INTERNAL' ? failure : known
          };
        }
      },
      ...(consult && { consult: async (...asked) => consult(...asked) })
    }
  };
}

/** Answers in the room of the message, as `message.respond` does. */
export function respond(
  { message }: Invocation,
  context: RunContext,
  text: string
): Promise<number> {
  const { connector, room, seq } = message;
  const place = room === '' ? {} : { connector, room };
  return context.request({ method: 'say', place, content: { text }, answers: seq });
}

/** An action that repeats what was said. */
export function echo(prefix: string): Action {
  return (invocation, context) =>
    respond(invocation, context, `${prefix}: ${invocation.message.text}`);
}

/** An action that says always the same. */
export function saying(text: string): Action {
  return (invocation, context) => respond(invocation, context, text);
}
