import type {
  Clock,
  GuardedMatcher,
  GuardedResult,
  LiveMatcher,
  PatternParts,
  PatternRecord
} from '../../engine';
import { chatOpsError, type ErrorRecord } from '../../protocol';
import { PatternWorker } from './pattern-worker';

/** How long a text may be held against patterns without a linear form, in seconds. */
export const MATCH_LIMIT = 1;

/** Where many wait, one that has taken this many seconds already is given up for them. */
const CONTENDED_LIMIT = 0.2;

/** How many texts are looked at side by side: a slow one must not hold up those of other rooms. */
const MOST_WORKERS = 4;

/** How long a further thread is kept for the next text, in milliseconds. */
const KEPT = 10_000;

type PatternMatcher = LiveMatcher<PatternRecord>;

/** A text that waits for a thread. */
interface Waiting {
  start(worker: PatternWorker): void;
}

interface Busy {
  worker: PatternWorker;
  began: number;
}

/**
 * Matches patterns without a linear form in threads of their own, which are ended when they take
 * too long. Nothing else runs there, so nothing is lost by it.
 */
export class PatternMatching implements GuardedMatcher {
  private readonly ids = new WeakMap<LiveMatcher, number>();
  private readonly idle: PatternWorker[] = [];
  private readonly busy = new Set<Busy>();
  private readonly waiting: Waiting[] = [];
  private nextId = 1;
  private stopped = false;

  /**
   * @param file - the program of the threads.
   * @param onSlow - told when a pattern was given up.
   */
  constructor(
    private readonly file: string,
    private readonly clock: Clock,
    private readonly onSlow: (skill: string, error: ErrorRecord) => void
  ) {}

  async match(matchers: readonly LiveMatcher[], text: string): Promise<GuardedResult[]> {
    const results: GuardedResult[] = [];
    let left = matchers.filter(hasPattern);
    while (left.length > 0 && !this.stopped) {
      const { outcome, seconds } = await this.attempt(left, text);
      if ('answer' in outcome) {
        outcome.answer.forEach(({ match, reason }, i) => {
          const matcher = left[i]!;
          if (match) {
            results.push({ matcher, match });
          } else if (reason !== undefined) {
            const { record } = chatOpsError('CHATOPS_SKILL_FAILED', {
              name: matcher.skill,
              reason
            });
            results.push({ matcher, error: record });
          }
        });
        break;
      }
      const slow = left[outcome.stuckAt]!;
      results.push({ matcher: slow, error: this.slow(slow, seconds) });
      // What came before it is asked again: only whole answers are told.
      left = left.filter(matcher => matcher !== slow);
    }
    return results;
  }

  /** Ends the threads. */
  stop(): void {
    this.stopped = true;
    for (const worker of [...this.idle, ...[...this.busy].map(({ worker }) => worker)]) {
      worker.giveUp();
    }
  }

  private slow({ skill, record }: PatternMatcher, seconds: number): ErrorRecord {
    const error = chatOpsError(
      'CHATOPS_MATCHER_SLOW',
      { name: skill, seconds },
      record.where && { where: record.where }
    ).record;
    if (!this.stopped) {
      this.onSlow(skill, error);
    }
    return error;
  }

  private async attempt(
    matchers: readonly PatternMatcher[],
    text: string
  ): Promise<{ outcome: Awaited<ReturnType<PatternWorker['run']>>; seconds: number }> {
    const worker = await this.take();
    const entry: Busy = { worker, began: this.clock.elapsed() };
    this.busy.add(entry);
    const timer = this.clock.setTimeout(() => worker.giveUp(), MATCH_LIMIT * 1000);
    const outcome = await worker.run(
      text,
      matchers.map(matcher => ({ id: this.idOf(matcher), parts: partsOf(matcher.record) }))
    );
    this.clock.clearTimeout(timer);
    this.busy.delete(entry);
    const taken = (this.clock.elapsed() - entry.began) / 1000;
    const isWell = 'answer' in outcome && !worker.isFull;
    if (!isWell) {
      worker.giveUp();
    }
    this.free(isWell ? worker : undefined);
    return { outcome, seconds: Math.min(MATCH_LIMIT, Math.round(taken * 10) / 10) };
  }

  private async take(): Promise<PatternWorker> {
    const worker = this.idle.pop();
    if (worker) {
      return worker;
    }
    if (this.busy.size < MOST_WORKERS) {
      return new PatternWorker(this.file);
    }
    const timer = this.clock.setTimeout(() => this.makeRoom(), CONTENDED_LIMIT * 1000);
    this.makeRoom();
    const taken = await new Promise<PatternWorker>(resolve =>
      this.waiting.push({ start: resolve })
    );
    this.clock.clearTimeout(timer);
    return taken;
  }

  /** Gives up what has taken longest, if it has taken long. */
  private makeRoom(): void {
    const [oldest] = this.busy;
    if (oldest && this.clock.elapsed() - oldest.began >= CONTENDED_LIMIT * 1000) {
      oldest.worker.giveUp();
    }
  }

  private free(worker: PatternWorker | undefined): void {
    const next = this.waiting.shift();
    if (next) {
      next.start(worker ?? new PatternWorker(this.file));
    } else if (worker && !this.stopped) {
      this.idle.push(worker);
      if (this.idle.length > 1) {
        this.clock.setTimeout(() => this.thin(), KEPT);
      }
    }
  }

  /** Ends a thread that is no longer needed; one is kept. */
  private thin(): void {
    if (this.idle.length > 1) {
      this.idle.shift()?.giveUp();
    }
  }

  private idOf(matcher: LiveMatcher): number {
    let id = this.ids.get(matcher);
    if (id === undefined) {
      id = this.nextId++;
      this.ids.set(matcher, id);
    }
    return id;
  }
}

function hasPattern(matcher: LiveMatcher): matcher is PatternMatcher {
  return matcher.record.kind === 'regex' || matcher.record.kind === 'parse';
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
