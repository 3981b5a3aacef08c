import type {
  GuardedMatcher,
  GuardedResult,
  LiveMatcher,
  PatternParts,
  PatternRecord
} from '../../engine';
import { chatOpsError, type ErrorRecord } from '../../protocol';
import type { ThreadEvent } from './thread-frames';
import type { SkillThreadHandle } from './skill-thread-handle';

/** How long a pattern without a linear form may take, in seconds. */
export const MATCH_LIMIT = 1;

type MatchResult = Omit<GuardedResult, 'matcher'>;

interface OpenMatch {
  skill: string;
  resolve(result: MatchResult): void;
}

/** Matches patterns without a linear form in the skill thread, which can be stopped. */
export class ThreadMatching implements GuardedMatcher {
  private readonly open = new Map<number, OpenMatch>();
  private next = 1;

  constructor(private readonly thread: SkillThreadHandle) {}

  async match(matchers: readonly LiveMatcher[], text: string): Promise<GuardedResult[]> {
    const results = await Promise.all(matchers.map(matcher => this.matchOne(matcher, text)));
    return results.filter(({ match, error }) => match ?? error);
  }

  /** The thread has an answer. */
  settle({ match, result, error }: Extract<ThreadEvent, { type: 'matched' }>): void {
    this.resolve(match, { ...(result && { match: result }), ...(error && { error }) });
  }

  /** A match took too long and was ended. */
  giveUp(match: number): void {
    const name = this.open.get(match)?.skill ?? 'unknown';
    const { record } = chatOpsError('CHATOPS_MATCHER_SLOW', { name, seconds: MATCH_LIMIT });
    this.resolve(match, { error: record });
  }

  /** The thread is gone, and all that it was asked. */
  failAll(error: ErrorRecord): void {
    for (const match of this.open.keys()) {
      this.resolve(match, { error });
    }
  }

  private async matchOne(matcher: LiveMatcher, text: string): Promise<GuardedResult> {
    await this.thread.ready;
    const { record } = matcher;
    if (record.kind !== 'regex' && record.kind !== 'parse') {
      return { matcher };
    }
    const match = this.next++;
    const result = await new Promise<MatchResult>(resolve => {
      this.open.set(match, { skill: matcher.skill, resolve });
      this.thread.send({
        type: 'match',
        match,
        pattern: { skill: matcher.skill, parts: partsOf(record) },
        text
      });
    });
    return { matcher, ...result };
  }

  private resolve(match: number, result: MatchResult): void {
    const waiting = this.open.get(match);
    this.open.delete(match);
    waiting?.resolve(result);
  }
}

/** What it takes to compile a pattern, without the rest of the command record. */
function partsOf(record: PatternRecord): PatternParts {
  if (record.kind === 'parse') {
    const { kind, format, caseSensitive, condition } = record;
    return { kind, format, caseSensitive, condition };
  }
  const { kind, pattern, flags, condition, dialect } = record;
  return { kind, pattern, flags, condition, ...(dialect && { dialect }) };
}
