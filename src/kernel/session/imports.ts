import path from 'node:path';
import { chatOpsError, ChatOpsError, didYouMean } from '../../protocol';
import type { CellImport } from '../cell/program';
import { adopted } from './adopted-error';
import type { Sources } from './sources';

/** The file that cells stand for when something is looked for beside them. */
const CELL_FILE = 'cell.ts';

/** How many of a module's names an error lists. */
const MOST_NAMES = 20;

/** What makes a skill out of a handler; in a plain cell, `bot` has it. */
const MATCHER = /^(?:match|constrain)[A-Z]/;

type Exports = Record<string, unknown>;

/** Brings modules into the session: local files, packages of the folder, Node's own. */
export class Imports {
  /**
   * @param folder - where relative paths and packages are looked for.
   * @param module - loads the module `chatops`.
   * @param provided - load other modules that come with the kernel, by name.
   */
  constructor(
    private readonly sources: Sources,
    private readonly folder: string,
    private readonly module: () => Exports,
    private readonly provided: ReadonlyMap<string, () => Promise<Exports>> = new Map()
  ) {}

  /**
   * What `await import(specifier)` gives in a cell.
   *
   * @throws ChatOpsError `CHATOPS_SKILL_IMPORT`, or what the module itself
   * throws.
   */
  async load(specifier: string): Promise<Exports> {
    if (specifier === 'chatops') {
      return this.withoutMatchers();
    }
    try {
      const load = this.provided.get(specifier);
      if (load) {
        return await load();
      }
      return await this.sources.modules.import(specifier, path.join(this.folder, CELL_FILE));
    } catch (error) {
      throw plainError(adopted(error), specifier);
    }
  }

  /**
   * The values that a static import of a cell brings, by the names they get.
   *
   * @param file - the name that the cell is compiled by.
   */
  async bind(declaration: CellImport, file: string): Promise<Exports> {
    try {
      const isSkill = declaration.bindings.some(({ imported }) => MATCHER.test(imported));
      if (declaration.specifier === 'chatops' && isSkill) {
        throw chatOpsError('CHATOPS_CELL_SKILL', {});
      }
      const exports = await this.load(declaration.specifier);
      return Object.fromEntries(
        declaration.bindings.map(binding => [
          binding.local,
          valueOf(exports, binding.imported, binding.used, declaration.specifier)
        ])
      );
    } catch (error) {
      throw this.placed(error, declaration, file);
    }
  }

  /** What a handler in a cell needs, without what only a skill cell can use. */
  private withoutMatchers(): Exports {
    return Object.fromEntries(
      Object.entries(this.module()).filter(([name]) => !MATCHER.test(name))
    );
  }

  /** Says where in the cell an import stands that failed, unless the error says something better. */
  private placed(error: unknown, { line, column }: CellImport, file: string): unknown {
    const place = this.sources.locateStripped(file, line, column);
    if (!(error instanceof ChatOpsError) || !place || error.record.excerpt) {
      return error;
    }
    const where = { file: place.label, line: place.line, column: place.column };
    return new ChatOpsError({ ...error.record, where, excerpt: place.excerpt }, error.cause);
  }
}

/** One export by its name, as `import` in Node and bundlers gives it. */
function valueOf(exports: Exports, name: string, used: boolean, specifier: string): unknown {
  if (name === '*') {
    return exports;
  }
  if (name === 'default') {
    return exports.__esModule === true && 'default' in exports ? exports.default : exports;
  }
  if (name in exports) {
    return exports[name];
  }
  // A CommonJS package may have names that are only members of its default.
  const whole = exports.default;
  if (((typeof whole === 'object' && whole) || typeof whole === 'function') && name in whole) {
    return (whole as Exports)[name];
  }
  if (!used) {
    // A type, most likely: those are gone when the code runs.
    return undefined;
  }
  const known = Object.keys(exports).filter(key => key !== 'default' && key !== '__esModule');
  throw chatOpsError('CHATOPS_SKILL_IMPORT_NAME', {
    specifier,
    name,
    suggestion: didYouMean(name, known),
    known: known.length > 0 ? listed(known) : 'nothing by name'
  });
}

function listed(names: readonly string[]): string {
  const some = names.slice(0, MOST_NAMES).map(name => `\`${name}\``);
  const left = names.length - some.length;
  return some.join(', ') + (left > 0 ? ` and ${left} more` : '');
}

/** What a cell should see of an error that the loader words for skills. */
function plainError(error: unknown, specifier: string): unknown {
  if (error instanceof ChatOpsError) {
    if (error.code === 'CHATOPS_SKILL_LOAD') {
      return error.cause ?? error;
    }
    return error.code === 'CHATOPS_SKILL_IMPORT' && error.record.where?.file === CELL_FILE
      ? chatOpsError('CHATOPS_SKILL_IMPORT', {
          specifier,
          advice: "There is no such file; paths begin in the notebook's folder."
        })
      : error;
  }
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    return chatOpsError(
      'CHATOPS_SKILL_IMPORT',
      { specifier, advice: `Install it beside the notebook: \`npm install ${name}\`.` },
      { cause: error }
    );
  }
  return error;
}
