import type { Invocation, RunContext, RunResult, Skill, SkillRunner } from '../../engine';
import { describeThrown } from '../../loader';
import { ChatOpsError, chatOpsError } from '../../protocol';
import type { Matched, ShortHandler } from '../../skill';
import { registerMatchers, SkillMessage, type MatchedSkill } from '../../skill/host';

/**
 * A skill that comes with ChatOps. It is declared like any other and runs in the main thread, since
 * it is the host's own code and does what only the host may.
 *
 * @param version - the version of ChatOps it comes with.
 */
export function builtinSkill(
  name: string,
  version: string,
  exports: Record<string, Matched>
): Skill {
  const registered = Object.entries(exports).flatMap(([id, matched]) =>
    registerMatchers(matched as MatchedSkill, id)
  );
  const handlers = new Map(
    registered.map(({ record, handler }) => [record.id, handler as ShortHandler])
  );
  return {
    name,
    source: { kind: 'builtin' },
    matchers: registered.map(({ record }) => record),
    fingerprint: version,
    runner: new BuiltinRunner(handlers)
  };
}

class BuiltinRunner implements SkillRunner {
  constructor(private readonly handlers: ReadonlyMap<string, ShortHandler>) {}

  async run(invocation: Invocation, context: RunContext): Promise<RunResult> {
    const { skill, matcher } = invocation;
    try {
      await this.handlers.get(matcher)!(
        new SkillMessage(invocation, {
          signal: new AbortController().signal,
          ask: request => context.request(request)
        })
      );
      return { outcome: 'answered' };
    } catch (error) {
      const reason = describeThrown(error);
      return {
        outcome: 'failed',
        error:
          error instanceof ChatOpsError
            ? error.record
            : chatOpsError('CHATOPS_SKILL_FAILED', { name: skill, reason }).record
      };
    }
  }
}
