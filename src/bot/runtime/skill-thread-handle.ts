import { Worker } from 'node:worker_threads';
import type { Clock } from '../../engine';
import { Emitter, reasonOf } from '../../protocol';
import { BlockWatch, type BlockWatchHandlers } from './block-watch';
import type { ThreadEvent, ThreadRequest, ThreadSettings } from './thread-frames';

/** What the watch over a thread asks; that the thread is dead is noticed here. */
export type ThreadWatch = Omit<BlockWatchHandlers, 'dead'>;

/** The skill thread as the main thread holds it: replaced by a new one when it is lost. */
export class SkillThreadHandle {
  /** The thread said something. */
  readonly heard = new Emitter<ThreadEvent>();
  /** The thread is gone, for this reason; a new one is on its way. */
  readonly lost = new Emitter<string>();

  private worker: Worker | undefined;
  private watch: BlockWatch | undefined;
  private stopping = false;
  private started: Promise<void> = Promise.resolve();

  /** @param file - the program of the thread. */
  constructor(
    private readonly file: string,
    private readonly settings: ThreadSettings,
    private readonly clock: Clock,
    private readonly handlers: ThreadWatch
  ) {}

  /** Resolves when the thread takes requests. */
  get ready(): Promise<void> {
    return this.started;
  }

  start(): Promise<void> {
    const worker = new Worker(this.file, {
      workerData: this.settings,
      // An interrupt leaves Node's bookkeeping of async contexts unbalanced, which is harmless here.
      execArgv: ['--no-force-async-hooks-checks']
    });
    this.worker = worker;
    this.started = new Promise(resolve => {
      worker.on('message', (event: ThreadEvent) => {
        if (event.type === 'ready') {
          resolve();
        } else if (worker === this.worker) {
          this.take(event);
        }
      });
    });
    worker.on('error', error => this.replace(worker, reasonOf(error)));
    worker.on('exit', () => this.replace(worker, 'a skill ended it'));
    this.watch = new BlockWatch(worker, this.clock, {
      ...this.handlers,
      dead: () => this.replace(worker, 'it no longer answered')
    });
    return this.started;
  }

  send(request: ThreadRequest): void {
    this.worker?.postMessage(request);
  }

  /** Ends the thread for good; what runs is stopped. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.watch?.stop();
    await this.worker?.terminate();
  }

  private take(event: ThreadEvent): void {
    if (event.type === 'pong') {
      this.watch?.pong(event.ping);
    } else {
      this.heard.emit(event);
    }
  }

  private replace(worker: Worker, reason: string): void {
    if (worker === this.worker && !this.stopping) {
      this.watch?.stop();
      void worker.terminate();
      void this.start();
      this.lost.emit(reason);
    }
  }
}
