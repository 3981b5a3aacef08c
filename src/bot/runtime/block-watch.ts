import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../engine';
import type { StackFrame } from '../../source';
import { interruptThread, type PausedThread, type Verdict } from './thread-interrupt';
import { THREAD_HOOK, type Running, type ThreadHook } from './running';
import type { ThreadRequest } from './thread-frames';

/** What was keeping the thread busy when it was stopped. */
export interface Runaway extends Running {
  /** The author's frames it stood in, innermost first. */
  frames: StackFrame[];
}

/** What a watch asks and tells. */
export interface BlockWatchHandlers {
  /** How long what runs may keep the thread busy, in seconds. */
  limitOf(running: Running): number;
  /** The load that a file belongs to. */
  ownerOf(file: string): number | undefined;
  /** Something was stopped. */
  blocked(runaway: Runaway, seconds: number): void;
  /** The thread could not be brought back. */
  dead(): void;
}

/** How often the thread is asked for a sign of life, in milliseconds. */
const INTERVAL = 250;

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
  private silence = 0;
  private asked = 0;
  private answered = 0;
  private judging = false;
  private stoppedAt: number | undefined;
  private timer: unknown;
  private ended = false;

  constructor(
    private readonly worker: Worker,
    private readonly clock: Clock,
    private readonly handlers: BlockWatchHandlers
  ) {
    this.schedule();
  }

  /** The thread has answered a ping. */
  pong(ping: number): void {
    this.answered = ping;
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
      this.stoppedAt = undefined;
      this.asked++;
      this.worker.postMessage({ type: 'ping', ping: this.asked } satisfies ThreadRequest);
      return;
    }
    this.silence += INTERVAL;
    if (this.stoppedAt !== undefined && this.silence - this.stoppedAt >= GRACE) {
      this.stop();
      this.handlers.dead();
    } else if (this.stoppedAt === undefined && this.silence % 1000 === 0 && !this.judging) {
      void this.judge(this.silence / 1000);
    }
  }

  private async judge(seconds: number): Promise<void> {
    this.judging = true;
    let runaway: Runaway | undefined;
    const reached = await interruptThread(this.worker.threadId, async thread => {
      const found = await this.identify(thread);
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
      this.handlers.blocked(runaway, seconds);
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
