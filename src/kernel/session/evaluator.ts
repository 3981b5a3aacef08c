import { compileFunction, constants, Script } from 'node:vm';
import { CELL_OBJECT, IMPORT_FUNCTION, type CellProgram } from '../cell/program';
import type { Imports } from './imports';

/** What a cell's code finds under {@link CELL_OBJECT}. */
export interface CellObject {
  /** What `import.meta` is in the cell. */
  meta: Record<string, unknown>;
  /** Passes a value on, or ends the code when its cell was interrupted. */
  resume<T>(value: T): T;
}

/** A program that is compiled: returns the last expression's value as the only item of an array. */
type Compiled = (importModule: unknown, cell: CellObject) => unknown;

/** Node's types do not know yet that the default loader may be named here. */
type CompileOptions = Parameters<typeof compileFunction>[2];

/**
 * Runs programs in one scope that they share.
 *
 * Each name is declared once, by `let` in the script scope: there it hides a global of that name
 * from cells without changing it for anyone else, and V8 reads it as fast as any variable.
 */
export class Evaluator {
  private readonly names = new Set<string>();

  /** @param object - what belongs to each cell. */
  constructor(
    private readonly imports: Imports,
    private readonly object: CellObject
  ) {}

  /** The names that cells have declared. */
  get declared(): ReadonlySet<string> {
    return this.names;
  }

  /**
   * Runs a program.
   *
   * @param file - the name its stack traces show.
   * @returns what it returned; a promise only when it awaits or imports.
   */
  run(program: CellProgram, file: string): unknown {
    this.declare(program.names);
    return program.imports.length > 0
      ? this.importAndRun(program, file)
      : this.runBody(program, file);
  }

  /** The value of a name that a cell declared. */
  valueOf(name: string): unknown {
    return new Script(name, { filename: 'kernel:name' }).runInThisContext();
  }

  private async importAndRun(program: CellProgram, file: string): Promise<unknown> {
    for (const declaration of program.imports) {
      // Where the cell was interrupted meanwhile, nothing of it begins any more.
      this.assign(this.object.resume(await this.imports.bind(declaration, file)));
    }
    return this.runBody(program, file);
  }

  private runBody(program: CellProgram, file: string): unknown {
    if (program.functions !== '') {
      this.compile(program.functions, file, false)(this.importModule, this.object);
    }
    return this.compile(program.body, file, program.awaits)(this.importModule, this.object);
  }

  private readonly importModule = (specifier: unknown): Promise<unknown> =>
    this.imports.load(String(specifier));

  private compile(code: string, filename: string, awaits: boolean): Compiled {
    const prefix = awaits ? '"use strict";return (async () => {' : '"use strict";';
    return compileFunction(prefix + code + (awaits ? '\n})();' : ''), parameters, {
      filename,
      columnOffset: -prefix.length,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
    } as CompileOptions) as Compiled;
  }

  private declare(names: readonly string[]): void {
    const fresh = names.filter(name => !this.names.has(name));
    if (fresh.length > 0) {
      try {
        declareAll(fresh);
      } catch {
        // One of them is known to V8 already; the others are not.
        fresh.forEach(declareIfNew);
      }
      fresh.forEach(name => this.names.add(name));
    }
  }

  private assign(values: Record<string, unknown>): void {
    const names = Object.keys(values);
    const code = names.map((name, index) => `${name} = __values[${index}];`).join('');
    compileFunction(code, ['__values'], { filename: 'kernel:imports' })(Object.values(values));
  }
}

function declareAll(names: readonly string[]): void {
  new Script(`let ${names.join(', ')};`, { filename: 'kernel:names' }).runInThisContext();
}

/** An interrupt can fall between declaring a name and taking note of it. */
function declareIfNew(name: string): void {
  try {
    declareAll([name]);
  } catch {
    // It is there; whether it may be assigned to, the assignment itself will tell.
  }
}

const parameters = [IMPORT_FUNCTION, CELL_OBJECT];
