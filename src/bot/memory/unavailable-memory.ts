import type { MemoryStore } from '../../engine';

/**
 * Stands in for a database that could not be opened: whoever wants to remember something is told
 * why. Another store in its place would forget, or remember elsewhere, without anyone noticing.
 */
export class UnavailableMemory implements MemoryStore {
  constructor(private readonly error: unknown) {}

  get(): Promise<never> {
    return Promise.reject(this.error);
  }

  put(): Promise<never> {
    return Promise.reject(this.error);
  }

  delete(): Promise<never> {
    return Promise.reject(this.error);
  }

  list(): Promise<never> {
    return Promise.reject(this.error);
  }

  async close(): Promise<void> {}
}
