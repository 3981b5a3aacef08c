import { readFileSync, readlinkSync } from 'node:fs';

/** The number by which the system knows the calling thread; only Linux says. */
export function systemThreadId(): number | undefined {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1)) || undefined;
  } catch {
    return undefined;
  }
}

/**
 * How long a thread of this process has waited for a processor while it had something to do, in
 * milliseconds; 0 where the system does not say.
 *
 * Source: Linux, Documentation/scheduler/sched-stats.rst, `/proc/<pid>/schedstat`.
 */
export function timeInLine(thread: number | undefined): number {
  if (thread === undefined) {
    return 0;
  }
  try {
    const [, waited] = readFileSync(`/proc/self/task/${thread}/schedstat`, 'utf8').split(' ');
    return Number(waited) / 1e6 || 0;
  } catch {
    return 0;
  }
}
