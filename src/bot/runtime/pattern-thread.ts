import { parentPort, workerData } from 'node:worker_threads';
import { NativePattern } from '../../engine';
import { reasonOf } from '../../protocol';
import type { PatternAnswer, PatternJob, PatternThreadData } from './pattern-frames';

const port = parentPort!;
const progress = new Int32Array((workerData as PatternThreadData).progress);
const patterns = new Map<number, NativePattern>();

port.on('message', ({ text, patterns: wanted }: PatternJob) => {
  const answer: PatternAnswer = wanted.map(({ id, parts }, i) => {
    Atomics.store(progress, 0, i);
    try {
      if (parts) {
        patterns.set(id, new NativePattern(parts));
      }
      const match = patterns.get(id)?.exec(text);
      return match ? { match } : {};
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  });
  port.postMessage(answer);
});
