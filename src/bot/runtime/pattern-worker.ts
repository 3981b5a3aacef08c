import { Worker } from 'node:worker_threads';
import type { PatternParts } from '../../engine';
import type { PatternAnswer, PatternJob, PatternThreadData } from './pattern-frames';

/** What became of a job: answers, or the pattern it was busy with when it was ended. */
export type PatternOutcome = { answer: PatternAnswer } | { stuckAt: number };

/** How many patterns a thread keeps compiled. */
const MOST_PATTERNS = 2000;

/** A thread that holds one text after the other against patterns, and can be ended at any moment. */
export class PatternWorker {
  private readonly worker: Worker;
  private readonly progress = new Int32Array(new SharedArrayBuffer(4));
  private readonly known = new Set<number>();
  private settle: ((outcome: PatternOutcome) => void) | undefined;

  /** @param file - the program of the thread. */
  constructor(file: string) {
    this.worker = new Worker(file, {
      workerData: {
        progress: this.progress.buffer as SharedArrayBuffer
      } satisfies PatternThreadData,
      resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 }
    });
    this.worker.on('message', (answer: PatternAnswer) => this.end({ answer }));
    this.worker.on('error', () => this.giveUp());
    this.worker.unref();
  }

  /** True when it holds so many patterns, most of them replaced long ago, that a new one is better. */
  get isFull(): boolean {
    return this.known.size > MOST_PATTERNS;
  }

  /** Does a job; one at a time. */
  run(
    text: string,
    patterns: readonly { id: number; parts: PatternParts }[]
  ): Promise<PatternOutcome> {
    const job: PatternJob = {
      text,
      patterns: patterns.map(({ id, parts }) => (this.known.has(id) ? { id } : { id, parts }))
    };
    patterns.forEach(({ id }) => this.known.add(id));
    Atomics.store(this.progress, 0, 0);
    return new Promise(resolve => {
      this.settle = resolve;
      this.worker.postMessage(job);
    });
  }

  /** Ends the thread; the job at hand is over where it stands. */
  giveUp(): void {
    void this.worker.terminate();
    this.end({ stuckAt: Atomics.load(this.progress, 0) });
  }

  private end(outcome: PatternOutcome): void {
    const { settle } = this;
    this.settle = undefined;
    settle?.(outcome);
  }
}
