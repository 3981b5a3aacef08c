import type { Place, Sources } from './sources';

/** One line of a stack trace in the author's own code or in a package. */
export interface Frame {
  /** The call as V8 words it, such as `async load`; empty at the top level. */
  call: string;
  /** What people call the cell or file. */
  label: string;
  line: number;
  column: number;
  /** Set in the author's own code. */
  place: Place | undefined;
}

/** How many calls a stack trace holds. */
const LIMIT = 25;

/**
 * Makes `error.stack` show the author's own places: cells by their number, lines and columns as
 * they were written, and no calls inside the kernel.
 *
 * Uses V8's `Error.prepareStackTrace`, which is called when a stack is first looked at.
 */
export class StackTraces {
  private readonly frames = new WeakMap<object, Frame[]>();

  /** @param internal - tells which files belong to the kernel itself. */
  constructor(
    private readonly sources: Sources,
    private readonly internal: (file: string) => boolean
  ) {}

  /** Takes over the formatting of stacks. */
  install(): void {
    Error.stackTraceLimit = LIMIT;
    Error.prepareStackTrace = (error, sites) => this.format(error, sites);
  }

  /** The calls that led to an error, innermost first; nothing when they are not known. */
  framesOf(error: object): readonly Frame[] | undefined {
    // Looking at the stack is what makes V8 ask for it.
    void (error as { stack?: unknown }).stack;
    return this.frames.get(error);
  }

  /** Makes an error look as if it had been made where another one was. */
  placedAt<E extends object>(error: E, site: object): E {
    const frames = this.framesOf(site);
    void this.framesOf(error);
    if (frames) {
      this.frames.set(error, [...frames]);
    }
    return error;
  }

  private format(error: Error, sites: NodeJS.CallSite[]): string {
    const frames = sites.flatMap(site => this.frame(site) ?? []);
    this.frames.set(error, frames);
    return [headOf(error), ...frames.map(frame => `    at ${formatFrame(frame)}`)].join('\n');
  }

  private frame(site: NodeJS.CallSite): Frame | undefined {
    const file = site.getFileName()?.replace(/^file:\/\//, '');
    const line = site.getLineNumber();
    const column = site.getColumnNumber();
    if (!file || line === null || column === null || file.startsWith('node:')) {
      return undefined;
    }
    if (this.internal(file)) {
      return undefined;
    }
    // V8's own words for the call, without the place in parentheses behind them.
    const words = /^(.*) \([^()]*\)$/s.exec(String(site))?.[1];
    const call = words ?? (String(site).startsWith('async ') ? 'async' : '');
    const isOwn = this.sources.has(file);
    const place = isOwn ? this.sources.locate(file, line, column) : undefined;
    if (isOwn && !place) {
      return undefined;
    }
    return { call, label: file, line, column, ...place, place };
  }
}

/** A call as it stands in a stack trace. */
export function formatFrame({ call, label, line, column }: Frame): string {
  const where = `${label}:${line}:${column}`;
  return call === '' ? where : call === 'async' ? `async ${where}` : `${call} (${where})`;
}

function headOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}
