import { totalmem } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../engine';
import type { StackFrame } from '../../source';
import { timeInLine } from './processor-time';
import { interruptThread, type PausedThread, type Verdict } from './thread-interrupt';
import { THREAD_HOOK, type Running, type ThreadHook } from './running';

/** What was keeping the thread busy when it was stopped. */
export interface Runaway extends Running {
  /** The author's frames it stood in, innermost first. */
  frames: StackFrame[];
}

/** What a watch asks and tells. */
export interface BlockWatchHandlers {
  /** Asks the thread for a sign of life. */
  ping(ping: number): void;
  /** How long what runs may keep the thread busy, in seconds. */
  limitOf(running: Running): number;
  /** The load that a file belongs to. */
  ownerOf(file: string): number | undefined;
  /** Something was stopped, having had all its time, in seconds. */
  blocked(runaway: Runaway, seconds: number): void;
  /**
   * The thread has to be given up.
   *
   * @param suspect - what it was seen running last, while it did not answer.
   */
  dead(reason: DeathReason, suspect: Runaway | undefined): void;
}

/** Why a thread is given up: it does not answer any more, or it needs too much memory. */
export type DeathReason = 'silent' | 'memory';

/** How often the thread is asked for a sign of life, in milliseconds. */
const INTERVAL = 250;

/** How much memory outside of its heap a thread may have, in bytes: typed arrays and the like. */
export const MOST_EXTERNAL = 512 * 2 ** 20;

/** From so much memory on in all, in bytes, a thread that does not answer is given up at once. */
const MOST_RESIDENT = Math.min(4 * 2 ** 30, 0.6 * (process.constrainedMemory?.() || totalmem()));

/** A thread that stays silent for so long after being stopped is given up, in milliseconds. */
const GRACE = 3000;

/**
 * Notices that the skill thread no longer gives way, finds out whose code it is running, and stops
 * that when its time is up.
 *
 * Time is counted in intervals without an answer, not by the clock: a machine that slept has not
 * been busy.
 */
export class BlockWatch {
  private systemThread: number | undefined;
  private silence = 0;
  /** How long the thread had waited for a processor when it fell silent, in milliseconds. */
  private lineBefore = 0;
  private asked = 0;
  private answered = 0;
  /** When it is looked at next, in seconds of silence. */
  private nextLook = 1;
  private judging = false;
  private idleTime = 0;
  private lastSeen: Runaway | undefined;
  private stoppedAt: number | undefined;
  private timer: unknown;
  private ended = false;

  constructor(
    private readonly worker: Worker,
    private readonly clock: Clock,
    private readonly handlers: BlockWatchHandlers
  ) {}

  /**
   * Begins to watch, once the thread takes requests.
   *
   * @param systemThread - the system's number for it, where known.
   */
  start(systemThread: number | undefined): void {
    this.systemThread = systemThread;
    this.schedule();
  }

  /** What the thread was seen running last, while it did not answer. */
  get suspect(): Runaway | undefined {
    return this.lastSeen;
  }

  /** The thread has answered a ping. */
  pong(ping: number, external: number): void {
    this.answered = ping;
    if (external > MOST_EXTERNAL) {
      this.giveUp('memory');
    }
  }

  /** Ends the watch. */
  stop(): void {
    this.ended = true;
    this.clock.clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer = this.clock.setTimeout(() => {
      this.tick();
      if (!this.ended) {
        this.schedule();
      }
    }, INTERVAL);
  }

  private tick(): void {
    if (this.answered === this.asked) {
      this.silence = 0;
      this.nextLook = 1;
      this.stoppedAt = undefined;
      this.lastSeen = undefined;
      if (!this.wasIdle()) {
        this.asked++;
        this.handlers.ping(this.asked);
      }
      return;
    }
    if (this.silence === 0) {
      this.lineBefore = timeInLine(this.systemThread);
    }
    this.silence += INTERVAL;
    if (this.stoppedAt !== undefined && this.silence - this.stoppedAt >= GRACE) {
      this.giveUp('silent');
    } else if (process.memoryUsage.rss() > MOST_RESIDENT) {
      this.giveUp('memory');
    } else if (this.stoppedAt === undefined && !this.judging && this.charged >= this.nextLook) {
      this.nextLook = Math.floor(this.charged) + 1;
      void this.judge(this.charged);
    }
  }

  /** True when the thread has done next to nothing since it was asked last: then it need not wake. */
  private wasIdle(): boolean {
    const { idle } = this.worker.performance.eventLoopUtilization();
    const wasIdle = idle - this.idleTime > 0.95 * INTERVAL;
    this.idleTime = idle;
    return wasIdle;
  }

  /**
   * How long the thread has not answered, in seconds. Where others keep the processors busy, the
   * time in line for one does not count, up to a point.
   */
  private get charged(): number {
    const inLine = timeInLine(this.systemThread) - this.lineBefore;
    return (this.silence - Math.min(inLine, this.silence / 2)) / 1000;
  }

  private giveUp(reason: DeathReason): void {
    if (!this.ended) {
      this.stop();
      this.handlers.dead(reason, this.lastSeen);
    }
  }

  private async judge(seconds: number): Promise<void> {
    this.judging = true;
    let runaway: Runaway | undefined;
    const reached = await interruptThread(this.worker.threadId, async thread => {
      const found = await this.identify(thread);
      this.lastSeen = found;
      if (seconds < this.handlers.limitOf(found)) {
        return 'resume' satisfies Verdict;
      }
      runaway = found;
      await thread.evaluate(hookCall('prepareCutOff'));
      return 'terminate' satisfies Verdict;
    });
    this.judging = false;
    if (runaway && !this.ended) {
      this.stoppedAt = this.silence;
      this.handlers.blocked(runaway, this.handlers.limitOf(runaway));
    } else if (!reached && seconds >= this.handlers.limitOf({})) {
      // It runs no script and does not answer either: a native call, or a full heap.
      this.stoppedAt ??= this.silence;
    }
  }

  private async identify(thread: PausedThread): Promise<Runaway> {
    const told = await thread.evaluate(hookCall('running'));
    const running = (told ? (JSON.parse(told) as Running | null) : null) ?? {};
    const frames = thread.frames.filter(({ file }) => this.handlers.ownerOf(file) !== undefined);
    // A timer set outside of any context is known by its file alone.
    const load = running.load ?? (frames[0] && this.handlers.ownerOf(frames[0].file));
    return { ...running, ...(load !== undefined && { load }), frames };
  }
}

function hookCall(method: keyof ThreadHook): string {
  return `globalThis[Symbol.for('${THREAD_HOOK}')].${method}()`;
}
