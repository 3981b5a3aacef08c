import { createRequire } from 'node:module';
import path from 'node:path';
import { placeInStripped } from '../cell/place';
import type { CellProgram } from '../cell/program';
import { formerColumn } from '../cell/text-edits';
import type * as AuthorTools from './author-tools';

/** A place in the author's own text. */
export interface Place {
  /** What people call the cell or file. */
  label: string;
  line: number;
  column: number;
  /** The lines around it. */
  excerpt: string;
}

/** The tools for reading the author's code, once they are loaded. */
export type Tools = typeof AuthorTools;

/** How many cells are remembered for errors that come late. */
const REMEMBERED = 10_000;

/** What is known of a cell that ran. */
interface CellSource {
  label: string;
  program: CellProgram;
}

/** The author's texts, by the names that stack traces give them. */
export class Sources {
  private readonly cells = new Map<string, CellSource>();
  /** Places of cells that were asked for, as programs print the same stack again and again. */
  private readonly places = new Map<string, Place | undefined>();
  private loaded: Tools | undefined;
  private store: InstanceType<Tools['ModuleStore']> | undefined;

  /**
   * @param load - loads the tools; asked once, when they are first needed.
   * @param root - the folder that files are named relative to.
   */
  constructor(
    private readonly load: () => Tools,
    private readonly root: string
  ) {}

  /** The tools for reading the author's code. */
  get tools(): Tools {
    return (this.loaded ??= this.load());
  }

  /** The author's files that were imported; none are before this is first asked for. */
  get modules(): InstanceType<Tools['ModuleStore']> {
    return (this.store ??= new this.tools.ModuleStore(this.root));
  }

  /** Remembers a cell under the name that it is compiled by. */
  add(file: string, label: string, program: CellProgram): void {
    this.cells.set(file, { label, program });
    if (this.cells.size > REMEMBERED) {
      this.cells.delete(this.cells.keys().next().value!);
    }
  }

  /** True for a file that the author wrote. */
  has(file: string): boolean {
    return this.cells.has(file) || this.store?.sources.has(file) === true;
  }

  /** What people call a file. */
  display(file: string): string {
    return this.cells.get(file)?.label ?? this.modules.sources.display(file);
  }

  /** A place in running code as a place in what the author wrote; nothing for other code. */
  locate(file: string, line: number, column: number): Place | undefined {
    const cell = this.cells.get(file);
    if (!cell) {
      return this.locateInModule(file, line, column);
    }
    const key = `${file}:${line}:${column}`;
    if (!this.places.has(key)) {
      if (this.places.size >= REMEMBERED) {
        this.places.clear();
      }
      const former = formerColumn(cell.program.shifts, line, column);
      this.places.set(key, this.locateInCell(cell, line, former));
    }
    return this.places.get(key);
  }

  /** A place in a cell's text without types as a place in what the author wrote. */
  locateStripped(file: string, line: number, column: number): Place | undefined {
    const cell = this.cells.get(file);
    return cell && this.locateInCell(cell, line, column);
  }

  private locateInCell(
    { label, program }: CellSource,
    line: number,
    column: number
  ): Place | undefined {
    const { excerpt } = this.tools;
    const position = placeInStripped(program, line, column, this.tools);
    if (!position) {
      return undefined;
    }
    return { label, ...position, excerpt: excerpt(program.text, position.line, position.column) };
  }

  private locateInModule(file: string, line: number, column: number): Place | undefined {
    const where = this.store?.sources.locate(file, line, column);
    return (
      where && {
        label: where.file,
        line: where.line,
        column: where.column,
        excerpt:
          this.store!.sources.contextOfFrames([{ name: '', file, line, column }]).excerpt ?? ''
      }
    );
  }
}

/** Loads the tools from the bundle beside the kernel's own. */
export function loadAuthorTools(folder: string): Tools {
  return createRequire(__filename)(path.join(folder, 'kernel-author-tools.cjs')) as Tools;
}
