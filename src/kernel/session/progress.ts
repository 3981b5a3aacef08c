import type { DisplayHandle, Progress, ProgressItems, ProgressOptions } from '../cell-api';
import { progressBundle } from '../views/progress-view';
import { displaySymbol } from './mime-bundle';

/** How long a bar stays as it is while more is done, in milliseconds. */
const PACE = 100;

/** Shows something below the cell. */
type Show = (value: unknown) => DisplayHandle;

/** A bar that fills as its owner says. It is shown again ten times a second at most. */
class ProgressBar implements Progress {
  private readonly begun = performance.now();
  private readonly handle: DisplayHandle;
  private readonly label: string;
  private shownAt: number;
  private timer: NodeJS.Timeout | undefined;
  private current = 0;
  private note = '';

  constructor(
    readonly total: number | undefined,
    { label = '' }: ProgressOptions,
    show: Show
  ) {
    this.label = label;
    this.handle = show(this.view());
    this.shownAt = this.begun;
  }

  get value(): number {
    return this.current;
  }

  set value(value: number) {
    this.current = value;
    this.changed();
  }

  advance(steps = 1, note?: string): void {
    this.note = note ?? this.note;
    this.value = this.current + steps;
  }

  /** Shows how far it came, now that nothing more will come. */
  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.show();
  }

  private changed(): void {
    if (this.current === this.total || performance.now() - this.shownAt >= PACE) {
      this.end();
    } else {
      // Where the code goes on to something else, the last step is shown all the same.
      this.timer ??= setTimeout(() => this.end(), PACE);
    }
  }

  private show(): void {
    this.shownAt = performance.now();
    this.handle.update(this.view());
  }

  private view(): object {
    const { label, current: done, total, note } = this;
    const elapsed = performance.now() - this.begun;
    return { [displaySymbol]: () => progressBundle({ label, done, total, note, elapsed }) };
  }
}

/** Makes the `display.progress` of cells. */
export function createProgress(show: Show): {
  (total?: number, options?: ProgressOptions): Progress;
  <T>(items: ProgressItems<T>, options?: ProgressOptions): AsyncIterable<T> & Iterable<T>;
} {
  function progress(
    items?: number | ProgressItems<unknown>,
    options: ProgressOptions = {}
  ): unknown {
    return typeof items === 'object' && items !== null
      ? new ProgressWalk(items, options, show)
      : new ProgressBar(items as number | undefined, options, show);
  }
  return progress as ReturnType<typeof createProgress>;
}

/** Walks through a list, in a loop of either kind, and fills a bar meanwhile. */
class ProgressWalk<T> {
  constructor(
    private readonly items: ProgressItems<T>,
    private readonly options: ProgressOptions,
    private readonly show: Show
  ) {}

  *[Symbol.iterator](): Iterator<T> {
    const bar = this.bar();
    try {
      for (const item of this.items as Iterable<T>) {
        yield item;
        bar.advance();
      }
    } finally {
      bar.end();
    }
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    const bar = this.bar();
    try {
      for await (const item of this.items) {
        yield item;
        bar.advance();
      }
    } finally {
      bar.end();
    }
  }

  private bar(): ProgressBar {
    return new ProgressBar(
      this.options.total ?? countOf(this.items as object),
      this.options,
      this.show
    );
  }
}

function countOf(items: object): number | undefined {
  const { length, size } = items as { length?: unknown; size?: unknown };
  return typeof length === 'number' ? length : typeof size === 'number' ? size : undefined;
}
