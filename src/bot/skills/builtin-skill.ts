import type { Invocation, RunContext, RunResult, Skill, SkillRunner } from '../../engine';
import { describeThrown } from '../../loader';
import { chatOpsError, type MatcherRecord } from '../../protocol';
import type { Matched, ShortHandler } from '../../skill';
import { SkillMessage, type MatchedSkill } from '../../skill/host';

/**
 * A skill that comes with ChatOps. It is declared like any other and runs in the main thread, since
 * it is the host's own code and does what only the host may.
 */
export function builtinSkill(name: string, exports: Record<string, Matched>): Skill {
  const matchers: MatcherRecord[] = [];
  const handlers = new Map<string, ShortHandler>();
  for (const [id, matched] of Object.entries(exports)) {
    const { matchers: declarations, handler } = matched as MatchedSkill;
    for (const { stack: _, ...declaration } of declarations) {
      matchers.push({ ...declaration, id });
      handlers.set(id, handler as ShortHandler);
    }
  }
  return { name, source: { kind: 'builtin' }, matchers, runner: new BuiltinRunner(handlers) };
}

class BuiltinRunner implements SkillRunner {
  constructor(private readonly handlers: ReadonlyMap<string, ShortHandler>) {}

  async run(
    { skill, matcher, message, spans, captures }: Invocation,
    context: RunContext
  ): Promise<RunResult> {
    try {
      await this.handlers.get(matcher)!(
        new SkillMessage(message, spans, captures, {
          signal: new AbortController().signal,
          respond: async text => void (await context.respond(text))
        })
      );
      return { outcome: 'answered' };
    } catch (error) {
      const reason = describeThrown(error);
      return {
        outcome: 'failed',
        error: chatOpsError('CHATOPS_SKILL_FAILED', { name: skill, reason }).record
      };
    }
  }
}
