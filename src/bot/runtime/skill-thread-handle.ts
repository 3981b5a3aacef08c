import { Worker } from 'node:worker_threads';
import type { Clock } from '../../engine';
import { Emitter, reasonOf } from '../../protocol';
import { BlockWatch, type BlockWatchHandlers, type DeathReason, type Runaway } from './block-watch';
import { Claims } from './claims';
import { timeInLine } from './processor-time';
import {
  fromWire,
  requestToWire,
  type OnTheWire,
  type ThreadData,
  type ThreadEvent,
  type ThreadRequest,
  type ThreadSettings
} from './thread-frames';

/** What the watch over a thread asks; that the thread is dead is noticed here. */
export type ThreadWatch = Omit<BlockWatchHandlers, 'ping' | 'dead'>;

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

/** The same, once it is known to be stuck: looking costs something too. */
const PATIENCE_LATER = 50;

/** How much memory for JavaScript's values one thread may have, in megabytes. */
export const HEAP_LIMIT = 256;

/** What it may fill before it is cleaned for the first time, in MB: more only makes a bot larger. */
const YOUNG_LIMIT = 6;

/** One thread that skills run in, as the main thread holds it. */
export class SkillThreadHandle {
  /** The thread said something. */
  readonly heard = new Emitter<ThreadEvent>();
  /** The thread does not read what it is sent; these tasks wait. Told again as long as that is so. */
  readonly stuck = new Emitter<number[]>();
  /** The thread is gone. */
  readonly lost = new Emitter<ThreadLoss>();
  /** What it holds. */
  readonly loads = new Set<number>();
  readonly claims = new Claims();
  /** True once it takes requests. */
  isReady = false;
  /** For how long it was stuck when that was last told, in milliseconds, the time without a processor left out. */
  stuckFor = 0;

  private readonly worker: Worker;
  private readonly watch: BlockWatch;
  private ended = false;
  private waiting: number[] = [];
  private wasStuck = false;
  private timer: unknown;
  private systemThread: number | undefined;
  /** How many requests it was sent; a 32-bit number, as {@link Claims.read}. */
  private sent = 0;
  /** Since when it has read nothing, how much it had read by then, and how long it had stood in line. */
  private before: { time: number; read: number; inLine: number } | undefined;

  /** @param file - the program of the thread. */
  constructor(
    file: string,
    settings: ThreadSettings,
    private readonly clock: Clock,
    handlers: ThreadWatch
  ) {
    this.worker = new Worker(file, {
      workerData: { ...settings, claims: this.claims.memory } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT, maxYoungGenerationSizeMb: YOUNG_LIMIT },
      // An interrupt leaves Node's bookkeeping of async contexts unbalanced, which is harmless here.
      execArgv: ['--no-force-async-hooks-checks']
    });
    this.worker.on('message', (frame: OnTheWire<ThreadEvent>) => {
      const event = fromWire(frame);
      if (event.type === 'ready') {
        this.isReady = true;
        this.watch.start(event.thread);
        this.systemThread = event.thread;
      } else if (!this.ended) {
        this.take(event);
      }
    });
    this.worker.on('error', error => {
      const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.lose(isMemory ? 'memory' : 'ended', this.watch.suspect, reasonOf(error));
    });
    this.worker.on('exit', () => this.lose('ended', this.watch.suspect));
    this.watch = new BlockWatch(this.worker, clock, {
      ...handlers,
      ping: ping => this.send({ type: 'ping', ping }),
      dead: (reason: DeathReason, suspect) => this.lose(reason, suspect)
    });
  }

  /** True while it does not read what it is sent. */
  get isStuck(): boolean {
    // It may have read something since it was looked at.
    return this.wasStuck && this.claims.read === this.before?.read;
  }

  /** Sends a request; none to a thread that has ended, which would never read it. */
  send(request: ThreadRequest): void {
    if (this.ended) {
      return;
    }
    this.sent = (this.sent + 1) | 0;
    this.worker.postMessage(requestToWire(request));
    this.timer ??= this.lookAgain();
  }

  /** Sends a task, which can be withdrawn until it is begun. */
  offer(task: number, request: ThreadRequest): void {
    if (this.claims.offer(task)) {
      this.waiting.push(task);
    }
    this.send(request);
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

  /** Looks from time to time whether the thread reads what it is sent. */
  private lookAgain(): unknown {
    this.before ??= {
      time: this.clock.elapsed(),
      read: this.claims.read,
      inLine: timeInLine(this.systemThread)
    };
    const { time, read, inLine } = this.before;
    return this.clock.setTimeout(
      () => {
        this.timer = undefined;
        this.waiting = this.waiting.filter(task => this.claims.waits(task));
        const now = this.claims.read;
        if (!this.isReady || now !== read) {
          this.before = undefined;
          this.wasStuck = false;
        } else {
          // On a machine that is busy with other things, a thread is slow and not stuck.
          const elapsed = this.clock.elapsed() - time;
          const inLineNow = timeInLine(this.systemThread) - inLine;
          const busy = elapsed - Math.min(inLineNow, 0.9 * elapsed);
          if (busy >= PATIENCE - 1) {
            this.wasStuck = true;
            this.stuckFor = busy;
            this.stuck.emit([...this.waiting]);
          }
        }
        if (now !== this.sent && !this.ended) {
          this.timer ??= this.lookAgain();
        }
      },
      this.wasStuck ? PATIENCE_LATER : PATIENCE
    );
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
