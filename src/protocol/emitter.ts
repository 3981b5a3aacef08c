/** Takes a listener away again. Calling it twice does no harm. */
export type Unsubscribe = () => void;

/**
 * One kind of event and those who listen to it.
 *
 * A listener that throws does not keep the others from hearing; its error goes to `onError`.
 */
export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>();
  /** A copy to go through, until the next change: who starts to listen meanwhile hears the next event first. */
  private audience: readonly ((value: T) => void)[] = [];

  constructor(private readonly onError: (error: unknown) => void = rethrowLater) {}

  /** Listens until the returned function is called. */
  on(listener: (value: T) => void): Unsubscribe {
    // A wrapper of its own, so that the same function may be added twice and removed once.
    const entry = (value: T): void => listener(value);
    this.listeners.add(entry);
    this.audience = [...this.listeners];
    return () => {
      if (this.listeners.delete(entry)) {
        this.audience = [...this.listeners];
      }
    };
  }

  /** Tells every listener. */
  emit(value: T): void {
    for (const listener of this.audience) {
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
    this.audience = [];
  }
}

function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
