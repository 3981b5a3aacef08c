import { Worker } from 'node:worker_threads';
import type { Clock } from '../../engine';
import { Emitter, reasonOf } from '../../protocol';
import { BlockWatch, type BlockWatchHandlers, type DeathReason, type Runaway } from './block-watch';
import { Claims } from './claims';
import { timeInLine } from './processor-time';
import type { ThreadData, ThreadEvent, ThreadRequest, ThreadSettings } from './thread-frames';

/** What the watch over a thread asks; that the thread is dead is noticed here. */
export type ThreadWatch = Omit<BlockWatchHandlers, 'dead'>;

/** How a thread came to its end. */
export interface ThreadLoss {
  reason: 'memory' | 'silent' | 'ended';
  /** What the system says, where it says anything. */
  detail?: string;
  /** What it was seen running last. */
  suspect?: Runaway;
}

/** How long a task may wait before the thread counts as stuck, in milliseconds. */
const PATIENCE = 15;

/** How much memory for JavaScript's values one thread may have, in megabytes. */
export const HEAP_LIMIT = 256;

/** One thread that skills run in, as the main thread holds it. */
export class SkillThreadHandle {
  /** The thread said something. */
  readonly heard = new Emitter<ThreadEvent>();
  /** These tasks wait, and the thread does not begin any. Told again as long as that is so. */
  readonly stuck = new Emitter<number[]>();
  /** The thread is gone. */
  readonly lost = new Emitter<ThreadLoss>();
  /** What it holds. */
  readonly loads = new Set<number>();
  readonly claims = new Claims();
  /** Resolves when it takes requests. */
  readonly ready: Promise<void>;

  private readonly worker: Worker;
  private readonly watch: BlockWatch;
  private isReady = false;
  private ended = false;
  private waiting: number[] = [];
  private timer: unknown;
  private systemThread: number | undefined;
  /** Since when no task was begun, how many were by then, and how long the thread had stood in line. */
  private before: { time: number; begun: number; inLine: number } | undefined;

  /** @param file - the program of the thread. */
  constructor(
    file: string,
    settings: ThreadSettings,
    private readonly clock: Clock,
    handlers: ThreadWatch
  ) {
    this.worker = new Worker(file, {
      workerData: { ...settings, claims: this.claims.memory } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT },
      // An interrupt leaves Node's bookkeeping of async contexts unbalanced, which is harmless here.
      execArgv: ['--no-force-async-hooks-checks']
    });
    this.ready = new Promise(resolve => {
      this.worker.on('message', (event: ThreadEvent) => {
        if (event.type === 'ready') {
          this.isReady = true;
          this.watch.systemThread = event.thread;
          this.systemThread = event.thread;
          resolve();
        } else if (!this.ended) {
          this.take(event);
        }
      });
    });
    this.worker.on('error', error => {
      const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.lose(isMemory ? 'memory' : 'ended', this.watch.suspect, reasonOf(error));
    });
    this.worker.on('exit', () => this.lose('ended', this.watch.suspect));
    this.watch = new BlockWatch(this.worker, clock, {
      ...handlers,
      dead: (reason: DeathReason, suspect) => this.lose(reason, suspect)
    });
  }

  /** Sends a request that is no task. */
  send(request: ThreadRequest): void {
    this.worker.postMessage(request);
  }

  /** Sends a task, which can be withdrawn until it is begun. */
  offer(task: number, request: ThreadRequest): void {
    if (this.claims.offer(task)) {
      this.waiting.push(task);
      this.timer ??= this.lookAgain();
    }
    this.worker.postMessage(request);
  }

  /** Ends the thread for good; what runs is stopped. */
  async stop(): Promise<void> {
    this.finish();
    await this.worker.terminate();
  }

  private take(event: ThreadEvent): void {
    if (event.type === 'pong') {
      this.watch.pong(event.ping, event.external);
    } else {
      this.heard.emit(event);
    }
  }

  /** Looks from time to time whether the tasks that wait are begun at all. */
  private lookAgain(): unknown {
    this.before ??= {
      time: this.clock.elapsed(),
      begun: this.claims.begun,
      inLine: timeInLine(this.systemThread)
    };
    const { time, begun, inLine } = this.before;
    return this.clock.setTimeout(() => {
      this.timer = undefined;
      this.waiting = this.waiting.filter(task => this.claims.waits(task));
      // On a machine that is busy with other things, a thread is slow and not stuck.
      const given = this.clock.elapsed() - time - (timeInLine(this.systemThread) - inLine);
      const isMoving = !this.isReady || this.claims.begun !== begun;
      if (this.waiting.length === 0 || isMoving) {
        this.before = undefined;
      } else if (given >= PATIENCE - 1) {
        this.stuck.emit([...this.waiting]);
      }
      if (this.waiting.length > 0) {
        this.timer = this.lookAgain();
      }
    }, PATIENCE);
  }

  private lose(reason: ThreadLoss['reason'], suspect: Runaway | undefined, detail?: string): void {
    if (!this.ended) {
      this.finish();
      void this.worker.terminate();
      this.lost.emit({
        reason,
        ...(detail !== undefined && { detail }),
        ...(suspect && { suspect })
      });
    }
  }

  private finish(): void {
    this.ended = true;
    this.watch.stop();
    this.clock.clearTimeout(this.timer);
  }
}
