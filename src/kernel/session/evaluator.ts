import { compileFunction, constants, Script } from 'node:vm';
import { CELL_OBJECT, IMPORT_FUNCTION, type CellProgram } from '../cell/program';
import { plainName } from '../cell/session-names';
import type { Imports } from './imports';

/** What a cell's code finds under {@link CELL_OBJECT}. */
export interface CellObject {
  /** What `import.meta` is in the cell. */
  meta: Record<string, unknown>;
  /** Passes a value on, or ends the code when its cell was interrupted. */
  resume<T>(value: T): T;
  /** What stands in the place of a constant that code assigns to. */
  constants: Record<string, never>;
  /** What rewritten syntax, such as decorators, needs at run time. */
  readonly helpers: object;
}

/** Refuses every assignment, in the words of V8. */
export const refusedConstants = new Proxy<Record<string, never>>(
  {},
  {
    set: () => {
      throw new TypeError('Assignment to constant variable.');
    }
  }
);

/** A program that is compiled: returns the last expression's value as the only item of an array. */
type Compiled = (importModule: unknown, cell: CellObject) => unknown;

/** The two parts of a cell, see {@link CellProgram}. */
interface CompiledCell {
  functions: Compiled | undefined;
  body: Compiled;
}

/** Node's types do not know yet that the default loader may be named here. */
type CompileOptions = Parameters<typeof compileFunction>[2];

/**
 * Runs programs in one scope that they share: each variable is declared once, by `let` in the script
 * scope, where V8 reads it as fast as any other.
 */
export class Evaluator {
  /** The variables that hold what cells declared, by the names that cells have for them. */
  private readonly variables = new Map<string, string>();
  /** The cell that was compiled before its run. */
  private prepared: (CompiledCell & { file: string }) | undefined;

  /**
   * @param object - what belongs to each cell.
   * @param provided - the names that the kernel puts into cells.
   */
  constructor(
    private readonly imports: Imports,
    private readonly object: CellObject,
    provided: Iterable<string>
  ) {
    this.provided = new Set(provided);
  }

  /** The names that the kernel puts into cells. */
  readonly provided: ReadonlySet<string>;

  /** The names that cells have declared. */
  get declared(): ReadonlySet<string> {
    return new Set(this.variables.keys());
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

  /** Compiles a program that will run under this name, and no more. */
  prepare(program: CellProgram, file: string): void {
    try {
      this.prepared = { file, ...this.compileAll(program, file) };
    } catch {
      // Its run will say so.
      this.prepared = undefined;
    }
  }

  /** The value of a name that a cell declared. */
  valueOf(name: string): unknown {
    const variable = this.variables.get(name) ?? name;
    return new Script(variable, { filename: 'kernel:name' }).runInThisContext();
  }

  private async importAndRun(program: CellProgram, file: string): Promise<unknown> {
    for (const declaration of program.imports) {
      // Where the cell was interrupted meanwhile, nothing of it begins any more.
      this.assign(this.object.resume(await this.imports.bind(declaration, file)));
    }
    return this.runBody(program, file);
  }

  private runBody(program: CellProgram, file: string): unknown {
    const { prepared } = this;
    this.prepared = undefined;
    const { functions, body } = prepared?.file === file ? prepared : this.compileAll(program, file);
    functions?.(this.importModule, this.object);
    return body(this.importModule, this.object);
  }

  private compileAll(program: CellProgram, file: string): CompiledCell {
    return {
      functions:
        program.functions === '' ? undefined : this.compile(program.functions, file, false),
      body: this.compile(program.body, file, program.awaits)
    };
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

  private declare(variables: readonly string[]): void {
    const fresh = variables.filter(
      variable => this.variables.get(plainName(variable)) !== variable
    );
    if (fresh.length > 0) {
      try {
        declareAll(fresh);
      } catch {
        // One of them is known to V8 already; the others are not.
        fresh.forEach(declareIfNew);
      }
      fresh.forEach(variable => this.variables.set(plainName(variable), variable));
    }
  }

  private assign(values: Record<string, unknown>): void {
    const names = Object.keys(values);
    const code = names.map((name, index) => `${name} = __values[${index}];`).join('');
    compileFunction(code, ['__values'], { filename: 'kernel:imports' })(Object.values(values));
  }
}

function declareAll(variables: readonly string[]): void {
  const declarations = variables.map(variable => {
    const name = plainName(variable);
    // One that hides a global begins as what it hides, should its own value never come.
    return name === variable ? name : `${variable} = globalThis.${name}`;
  });
  new Script(`let ${declarations.join(', ')};`, { filename: 'kernel:names' }).runInThisContext();
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
