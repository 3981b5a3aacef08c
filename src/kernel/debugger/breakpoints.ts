import type { Debugger } from 'node:inspector';
import { pathToFileURL } from 'node:url';
import { originalPosition, placeInMap, tokensOf } from '../../source';
import { placeInCell } from '../cell/place';
import type { CellProgram } from '../cell/program';
import { parseMagics } from '../magics/parse';
import type { Breakpoint } from './adapter-protocol';
import type { CellSource, CellSources } from './cell-sources';
import type { MainDebugger } from './main-debugger';

/** A place in a script where V8 can stop, and the author's line there. */
interface Stop {
  location: Debugger.Location;
  line: number;
}

/** Where code is to stop: by path and line as front ends have them, and in V8. */
export class Breakpoints {
  /** Lines by path. */
  private readonly wanted = new Map<string, readonly number[]>();
  /** V8's own names of what was set, by path. */
  private readonly set = new Map<string, string[]>();
  private ids = 0;

  constructor(private readonly cells: CellSources) {}

  /** What is wanted, as `debugInfo` tells it. */
  list(): { source: string; breakpoints: { line: number }[] }[] {
    return Array.from(this.wanted, ([source, lines]) => ({
      source,
      breakpoints: lines.map(line => ({ line }))
    })).filter(({ breakpoints }) => breakpoints.length > 0);
  }

  /** Replaces what is wanted in a source. */
  async replace(
    debug: MainDebugger | undefined,
    path: string,
    lines: readonly number[]
  ): Promise<Breakpoint[]> {
    const cell = this.cells.at(path);
    const code = cell && codeLines(cell.text);
    // Where nothing stands, the next line that has something is meant.
    const moved = lines.map(line => code?.find(candidate => candidate >= line) ?? line);
    const isThere = (line: number): boolean => !code || code.includes(line);
    this.wanted.set(path, [...new Set(moved.filter(isThere))]);
    if (debug) {
      await this.place(debug, path);
    }
    return moved.map(line => ({
      id: ++this.ids,
      verified: isThere(line),
      line,
      source: { path }
    }));
  }

  /** Sets in V8 what is wanted in a source, as far as its code is there already. */
  async place(debug: MainDebugger, path: string): Promise<void> {
    await this.remove(debug, path);
    const lines = this.wanted.get(path) ?? [];
    const cell = this.cells.at(path);
    const set = cell
      ? await this.placeInCell(debug, cell, lines)
      : await this.placeInFile(debug, path, lines);
    this.set.set(path, set);
  }

  /** Sets in V8 what is wanted in files; cells get theirs when they run. */
  async placeAll(debug: MainDebugger): Promise<void> {
    for (const path of this.wanted.keys()) {
      await this.place(debug, path);
    }
  }

  /** Forgets them all: a front end that comes again brings its own. */
  clear(): void {
    this.wanted.clear();
    this.set.clear();
  }

  private async remove(debug: MainDebugger, path: string): Promise<void> {
    for (const breakpointId of this.set.get(path) ?? []) {
      await debug.post('Debugger.removeBreakpoint', { breakpointId });
    }
    this.set.delete(path);
  }

  private async placeInCell(
    debug: MainDebugger,
    { latest }: CellSource,
    lines: readonly number[]
  ): Promise<string[]> {
    if (!latest || lines.length === 0) {
      return [];
    }
    const stops = await stopsOf(debug, latest.url, latest.program);
    const ids: string[] = [];
    for (const line of lines) {
      const target = stops.find(stop => stop.line >= line)?.line;
      const first = stops.find(stop => stop.line === target);
      if (first) {
        ids.push(await setAt(debug, first.location));
      }
    }
    return ids;
  }

  private async placeInFile(
    debug: MainDebugger,
    path: string,
    lines: readonly number[]
  ): Promise<string[]> {
    const ids: string[] = [];
    for (const line of lines) {
      // Packages are named by URLs, local files by their paths; lines are the same in both.
      for (const url of [path, pathToFileURL(path).href]) {
        const { breakpointId } = await debug.post<Debugger.SetBreakpointByUrlReturnType>(
          'Debugger.setBreakpointByUrl',
          { url, lineNumber: line - 1 }
        );
        ids.push(breakpointId);
      }
    }
    return ids;
  }
}

async function setAt(debug: MainDebugger, location: Debugger.Location): Promise<string> {
  try {
    const { breakpointId } = await debug.post<Debugger.SetBreakpointReturnType>(
      'Debugger.setBreakpoint',
      { location }
    );
    return breakpointId;
  } catch {
    // Two lines can share one place; it is set already.
    return '';
  }
}

/** Where the code of a cell can stop, in the order of the author's lines. */
async function stopsOf(debug: MainDebugger, url: string, program: CellProgram): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (const { id: scriptId } of debug.scriptsOf(url)) {
    const { locations } = await debug
      .post<Debugger.GetPossibleBreakpointsReturnType>('Debugger.getPossibleBreakpoints', {
        start: { scriptId, lineNumber: 0, columnNumber: 0 }
      })
      // One that nobody can call any more is gone.
      .catch(() => ({ locations: [] }));
    for (const { type, ...location } of locations) {
      const { lineNumber, columnNumber = 0 } = location;
      const place = placeInCell(program, lineNumber + 1, columnNumber + 1, tools);
      if (place && type !== 'return') {
        stops.push({ location, line: place.line });
      }
    }
  }
  return stops.toSorted((a, b) => a.line - b.line);
}

const tools = { originalPosition, placeInMap };

/** The lines of a cell that have code on them. */
function codeLines(text: string): number[] {
  const { code = '' } = parseMagics(text);
  const lines = new Set<number>();
  let line = 1;
  let offset = 0;
  for (const token of tokensOf(code)) {
    line += code.slice(offset, token.start).split('\n').length - 1;
    offset = token.start;
    lines.add(line);
  }
  return [...lines];
}
