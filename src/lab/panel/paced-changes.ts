import { Emitter, type Unsubscribe } from '../../protocol';

/** How one asks the browser for a call before it paints. */
export type RequestFrame = (callback: () => void) => unknown;

/**
 * The changes of something, told at most twice a frame: the first one at once, what follows it all
 * together before the browser paints. An answer comes in several pieces within a few milliseconds, and
 * nobody sees the states between them.
 */
export class PacedChanges {
  /** Something changed. */
  readonly changed = new Emitter<void>();

  private readonly stop: Unsubscribe;
  private isPacing = false;
  private isDue = false;

  constructor(
    source: { readonly changed: Emitter<void> },
    private readonly requestFrame: RequestFrame = callback => requestAnimationFrame(callback)
  ) {
    this.stop = source.changed.on(() => this.note());
  }

  /** Tells what waits to be told: the person at this page did it, and wants to see it now. */
  flush(): void {
    if (this.isDue) {
      this.isDue = false;
      this.changed.emit();
    }
  }

  dispose(): void {
    this.stop();
    this.changed.clear();
  }

  private note(): void {
    if (this.isPacing) {
      this.isDue = true;
      return;
    }
    this.isPacing = true;
    this.requestFrame(() => {
      this.isPacing = false;
      this.flush();
    });
    this.changed.emit();
  }
}
