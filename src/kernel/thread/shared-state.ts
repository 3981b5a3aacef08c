/** The memory that both threads see: a few words of state, and a ring of bytes for output. */
export interface SharedMemory {
  state: SharedArrayBuffer;
  ring: SharedArrayBuffer;
}

/** The words of the shared state, by their place. */
export const word = {
  /** How many bytes were ever put into the ring, modulo 2³². */
  written: 0,
  /** How many bytes were ever taken out of it, modulo 2³². */
  read: 1,
  /** 1 while the worker has been told that there is something in the ring and has not looked yet. */
  told: 2,
  /** How many sections that must not be interrupted the main thread is in. */
  critical: 3,
  /** What became of the question that the main thread waits for: a value of {@link answerState}. */
  answer: 4,
  /** The latest mark that the worker looks for, having its message. */
  sought: 5
} as const;

/** The states of a question that the main thread waits for. */
export const answerState = { open: 0, given: 1, interrupted: 2, refused: 3 } as const;

const WORDS = 8;

/** The size of the output ring, in bytes; a power of two. */
export const RING_BYTES = 1 << 20;

/** New memory for a pair of threads. */
export function createSharedMemory(ringBytes = RING_BYTES): SharedMemory {
  return {
    state: new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT),
    ring: new SharedArrayBuffer(ringBytes)
  };
}

/** Runs something that leaves the program broken when it is cut off in the middle. */
export function critically<T>(state: Int32Array, run: () => T): T {
  Atomics.add(state, word.critical, 1);
  try {
    return run();
  } finally {
    Atomics.sub(state, word.critical, 1);
  }
}

/** The name of the symbol under which the main thread keeps what the worker may call by the inspector. */
export const SESSION_HOOK = 'chatops.session';
