import type { Invocation, RunContext, RunResult, Skill } from '../../src/engine';
import { DEFAULT_SCORE_FACTOR, type MatcherRecord } from '../../src/protocol';

/** A matcher's record with everything that a test does not care about. */
export function matcher(expression: RegExp, more: Partial<MatcherRecord> = {}): MatcherRecord {
  return {
    id: 'main',
    kind: 'regex',
    pattern: expression.source,
    flags: expression.flags,
    condition: 'search',
    scoreFactor: DEFAULT_SCORE_FACTOR,
    ...more
  };
}

/** What a skill of a test does when it is called. */
export type Action = (invocation: Invocation, context: RunContext) => Promise<unknown> | unknown;

/** A skill that runs in the test itself. */
export function skill(
  name: string,
  matchers: RegExp | MatcherRecord[],
  action: Action = () => undefined
): Skill {
  return {
    name,
    source: { kind: 'path', path: `skills/${name}` },
    matchers: matchers instanceof RegExp ? [matcher(matchers)] : matchers,
    runner: {
      async run(invocation, context): Promise<RunResult> {
        try {
          await action(invocation, context);
          return { outcome: 'answered' };
        } catch (error) {
          const message = (error as Error).message;
          return { outcome: 'failed', error: { code: 'CHATOPS_SKILL_FAILED', message, hint: '' } };
        }
      }
    }
  };
}
