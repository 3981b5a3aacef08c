/** Takes a listener away again. Calling it twice does no harm. */
export type Unsubscribe = () => void;

/**
 * One kind of event and those who listen to it.
 *
 * A listener that throws does not keep the others from hearing; its error goes to `onError`.
 */
export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  constructor(private readonly onError: (error: unknown) => void = rethrowLater) {}

  /** Listens until the returned function is called. */
  on(listener: (value: T) => void): Unsubscribe {
    // A wrapper of its own, so that the same function may be added twice and removed once.
    const entry = (value: T): void => listener(value);
    this.listeners.add(entry);
    return () => this.listeners.delete(entry);
  }

  /** Tells every listener. */
  emit(value: T): void {
    // A copy: who starts to listen while this is told hears the next event first.
    const listeners = Array.from(this.listeners);
    for (const listener of listeners) {
      try {
        listener(value);
      } catch (error) {
        this.onError(error);
      }
    }
  }

  /** Forgets every listener. */
  clear(): void {
    this.listeners.clear();
  }
}

function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
