/** One execution, as history remembers it. */
interface Entry {
  line: number;
  input: string;
  output: string | undefined;
}

/** A `history_request`. */
export interface HistoryQuery {
  hist_access_type?: unknown;
  output?: unknown;
  session?: unknown;
  start?: unknown;
  stop?: unknown;
  n?: unknown;
  pattern?: unknown;
  unique?: unknown;
}

/** `[session, line, input]`, or `[session, line, [input, output]]`. */
export type HistoryItem = [number, number, string | [string, string | null]];

/** The number of the only session that is remembered. */
const SESSION = 1;

/** How many executions are remembered. */
const LIMIT = 10_000;

/** What was executed in this session. */
export class History {
  private readonly entries: Entry[] = [];

  add(line: number, input: string): void {
    this.entries.push({ line, input, output: undefined });
    if (this.entries.length > LIMIT) {
      this.entries.shift();
    }
  }

  /** Adds the plain text of the result of an execution. */
  setOutput(line: number, output: string): void {
    const entry = this.entries.findLast(candidate => candidate.line === line);
    if (entry) {
      entry.output = output;
    }
  }

  /**
   * Answers a `history_request`.
   *
   * Source of the meaning of its fields: “Messaging in Jupyter”, jupyter_client's documentation.
   */
  query(query: HistoryQuery): HistoryItem[] {
    const n = Number.isInteger(query.n) ? Number(query.n) : undefined;
    return this.select(query, n).map(entry => [
      SESSION,
      entry.line,
      query.output === true ? [entry.input, entry.output ?? null] : entry.input
    ]);
  }

  private select(query: HistoryQuery, n: number | undefined): Entry[] {
    switch (query.hist_access_type) {
      case 'range':
        return this.range(query);
      case 'search':
        return last(this.search(query), n);
      default:
        return last(this.entries, n);
    }
  }

  private range({ session, start, stop }: HistoryQuery): Entry[] {
    if (session !== undefined && session !== 0 && session !== SESSION) {
      return [];
    }
    const from = typeof start === 'number' ? start : 1;
    const to = typeof stop === 'number' ? stop : Infinity;
    return this.entries.filter(({ line }) => line >= from && line < to);
  }

  private search({ pattern, unique }: HistoryQuery): Entry[] {
    const expression = globExpression(typeof pattern === 'string' ? pattern : '*');
    const found = this.entries.filter(({ input }) => expression.test(input));
    if (unique !== true) {
      return found;
    }
    return found.filter(
      ({ input }, index) => !found.slice(index + 1).some(later => later.input === input)
    );
  }
}

function last<T>(items: T[], n: number | undefined): T[] {
  return n === undefined ? items : n > 0 ? items.slice(-n) : [];
}

/** `*` stands for anything and `?` for one character, as in IPython's history. */
function globExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's');
}
