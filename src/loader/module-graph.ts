import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction, constants } from 'node:vm';
import { chatOpsError, didYouMean, reasonOf, type ChatOpsError } from '../protocol';
import {
  DYNAMIC_IMPORT,
  IMPORT_META,
  excerpt,
  readModule,
  syntaxErrorAt,
  type ImportRecord,
  type ModuleSource,
  type StateReport
} from '../source';
import {
  addNamesOfDefault,
  importOutside,
  namesOf,
  type CompileOptions,
  type Exports
} from './outside';
import { isLocal, localCandidates, resolveLocal } from './resolve';
import type { SourceRegistry } from './source-registry';

/** How many of a module's names an error lists. */
const MOST_NAMES = 20;

/** What modules of one owner find around them. */
export interface ModuleEnvironment {
  /** Modules the host provides by name, such as `chatops`. */
  provided: Readonly<Record<string, Exports>>;
  /** Names that every module sees as its own, such as a `console` or a `setTimeout` of its owner. */
  globals: Readonly<Record<string, unknown>>;
}

/** A module of one load and how far it has come. */
interface ModuleState {
  /** Absolute; for a module from outside, nothing is kept but its exports. */
  file: string;
  source?: ModuleSource;
  exports: unknown;
  /** The files that imported it. */
  importers: Set<string>;
  /** Set as soon as its evaluation begins. */
  evaluation?: Promise<void>;
  evaluated: boolean;
}

/** Modules that know each other: each is evaluated once, however many import it. */
export class ModuleGraph {
  private readonly modules = new Map<string, ModuleState>();

  constructor(
    private readonly sources: SourceRegistry,
    private readonly environment: ModuleEnvironment,
    private readonly files: string[]
  ) {}

  /**
   * Reads a file and what it imports, without running any of it.
   *
   * @returns true when what was read may keep state from one call to the next. What cannot be read
   * is no matter here: it shows when it is loaded.
   */
  survey(file: string, text?: string): boolean {
    const states: StateReport[] = [];
    const visit = (target: string, content?: string): void => {
      if (this.modules.has(target)) {
        return;
      }
      try {
        const { source } = this.open(target, content);
        if (source) {
          states.push(source.state);
          source.imports
            .filter(({ specifier }) => isLocal(specifier))
            .map(({ specifier }) => resolveLocal(specifier, path.dirname(target)))
            .filter(isDefined)
            .forEach(found => visit(found));
        }
      } catch {
        // Loading it says what is wrong, and where.
      }
    };
    visit(file, text);
    return (
      states.some(({ keeps }) => keeps) ||
      (states.some(({ holdsObjects }) => holdsObjects) &&
        states.some(({ changesObjects }) => changesObjects))
    );
  }

  /** Loads a file and all it imports. */
  async load(file: string, text?: string): Promise<Exports> {
    const module = this.open(file, text);
    await this.evaluate(module);
    return namesOf(module.exports);
  }

  /**
   * Imports what a file would get by this name.
   *
   * @param from - an absolute path; there need not be such a file.
   */
  import(specifier: string, from: string): Promise<Exports> {
    return this.importDynamic(from, specifier);
  }

  /** Forgets the modules that a test picks out, and those that import them, near or far. */
  forget(isStale: (file: string, text: string | undefined) => boolean): void {
    const stale = [...this.modules.values()].filter(
      module => !module.evaluated || isStale(module.file, module.source?.text)
    );
    for (const { file, importers } of stale) {
      if (this.modules.delete(file)) {
        stale.push(...Array.from(importers, name => this.modules.get(name)).filter(isDefined));
      }
    }
  }

  private open(file: string, text?: string): ModuleState {
    let module = this.modules.get(file);
    if (!module) {
      const content = text ?? readFileSync(file, 'utf8');
      this.sources.add(file, content);
      if (!this.files.includes(file)) {
        this.files.push(file);
      }
      module = { file, exports: {}, importers: new Set(), evaluated: false };
      if (path.extname(file) === '.json') {
        module.exports = this.parseJson(file, content);
        module.evaluated = true;
        module.evaluation = Promise.resolve();
      } else {
        module.source = readModule(content, this.sources.display(file));
        if (module.source.isModule) {
          // Set before it runs, so that a circle of imports sees a module and not a copy of its start.
          Object.defineProperty(module.exports, '__esModule', { value: true });
        }
      }
      this.modules.set(file, module);
    }
    return module;
  }

  private parseJson(file: string, content: string): Exports {
    try {
      return { __esModule: true, default: JSON.parse(content) as unknown };
    } catch (error) {
      throw chatOpsError(
        'CHATOPS_SKILL_SYNTAX',
        { reason: reasonOf(error) },
        { where: { file: this.sources.display(file), line: 1, column: 1 } }
      );
    }
  }

  /** Evaluates a module once, however many ask for it. */
  private evaluate(module: ModuleState): Promise<void> {
    if (!module.evaluation) {
      const { promise, resolve, reject } = withResolvers();
      // Known before the first step, so that a circle of imports finds it begun.
      module.evaluation = promise;
      this.run(module).then(resolve, reject);
    }
    return module.evaluation;
  }

  private async run(module: ModuleState): Promise<void> {
    const { file } = module;
    const source = module.source!;
    const imported = new Map<string, unknown>();
    for (const record of source.imports) {
      const target = await this.importStatic(module, record);
      imported.set(record.specifier, target.exports);
      if (target.evaluated) {
        this.checkNames(module, record, namesOf(target.exports));
      }
    }
    const nodeRequire = createRequire(file);
    const require = Object.assign(
      (specifier: string): unknown =>
        imported.get(specifier) ?? this.requireLater(module, specifier, nodeRequire),
      { resolve: nodeRequire.resolve }
    );
    const scope: Record<string, unknown> = {
      ...this.environment.globals,
      exports: module.exports,
      require,
      module,
      __filename: file,
      __dirname: path.dirname(file),
      [IMPORT_META]: { url: pathToFileURL(file).href, dirname: path.dirname(file), filename: file },
      [DYNAMIC_IMPORT]: (specifier: unknown) => this.importDynamic(file, String(specifier))
    };
    // Awaiting code needs a function of its own; the offset keeps the first line's columns right.
    const [prefix, suffix] = source.awaits ? ['return (async () => {', '\n})();'] : ['', ''];
    let body: (...values: unknown[]) => unknown;
    try {
      body = compileFunction(prefix + source.code + suffix, Object.keys(scope), {
        filename: file,
        columnOffset: -prefix.length,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
      } as CompileOptions) as typeof body;
    } catch (error) {
      throw this.compileError(module, error);
    }
    try {
      await body.apply(undefined, Object.values(scope));
    } catch (error) {
      throw this.sources.loadError(error, file);
    }
    module.evaluated = true;
  }

  private async importStatic(
    module: ModuleState,
    record: ImportRecord
  ): Promise<Pick<ModuleState, 'exports' | 'evaluated'>> {
    const { specifier } = record;
    const provided = this.environment.provided[specifier];
    if (provided) {
      return { exports: { __esModule: true, ...provided }, evaluated: true };
    }
    if (!isLocal(specifier)) {
      try {
        const exports = await importOutside(specifier, module.file);
        addNamesOfDefault(exports, record);
        return { exports, evaluated: true };
      } catch (error) {
        throw this.importError(module, record, error);
      }
    }
    const file = resolveLocal(specifier, path.dirname(module.file));
    if (!file) {
      // Wherever it appears, the load is worth another try.
      this.files.push(...localCandidates(specifier, path.dirname(module.file)));
      throw this.importError(module, record);
    }
    const target = this.open(file);
    target.importers.add(module.file);
    // One that is being evaluated already is part of a circle; as in ES modules it is taken as it stands.
    if (!target.evaluation) {
      await this.evaluate(target);
    }
    return target;
  }

  /** A `require` that is called while a module runs. */
  private requireLater(
    module: ModuleState,
    specifier: string,
    nodeRequire: NodeJS.Require
  ): unknown {
    const provided = this.environment.provided[specifier];
    if (provided) {
      return provided;
    }
    if (!isLocal(specifier)) {
      return nodeRequire(specifier) as unknown;
    }
    const file = resolveLocal(specifier, path.dirname(module.file));
    const known = file === undefined ? undefined : this.modules.get(file);
    if (known) {
      return known.exports;
    }
    throw chatOpsError(
      'CHATOPS_SKILL_IMPORT',
      {
        specifier,
        advice:
          'Import local files with `import`, or with `await import()` where they are needed late.'
      },
      { where: { file: this.sources.display(module.file) } }
    );
  }

  private async importDynamic(from: string, specifier: string): Promise<Exports> {
    const provided = this.environment.provided[specifier];
    if (provided) {
      return provided;
    }
    if (!isLocal(specifier)) {
      return importOutside(specifier, from);
    }
    const file = resolveLocal(specifier, path.dirname(from));
    if (!file) {
      throw chatOpsError(
        'CHATOPS_SKILL_IMPORT',
        {
          specifier,
          advice: `There is no such file next to ${this.sources.display(from)}.`
        },
        { where: { file: this.sources.display(from) } }
      );
    }
    const module = this.open(file);
    module.importers.add(from);
    await this.evaluate(module);
    return namesOf(module.exports);
  }

  /** V8 is stricter than the parsers before it in a few places; it says the line at the start of the stack. */
  private compileError({ file, source }: ModuleState, error: unknown): ChatOpsError {
    const { text } = source!;
    const line = Number(/:(\d+)\n/.exec((error as SyntaxError).stack ?? '')?.[1] ?? 1);
    const column = Math.max(0, (text.split('\n')[line - 1] ?? '').search(/\S/)) + 1;
    return syntaxErrorAt(text, this.sources.display(file), reasonOf(error), { line, column });
  }

  private importError(module: ModuleState, record: ImportRecord, cause?: unknown): ChatOpsError {
    const { specifier, position } = record;
    const context = {
      where: { file: this.sources.display(module.file), ...position },
      excerpt: excerpt(module.source!.text, position.line, position.column),
      cause
    };
    return /^opsdroid(?:[./]|$)/.test(specifier)
      ? chatOpsError('CHATOPS_SKILL_OPSDROID', { specifier }, context)
      : chatOpsError(
          'CHATOPS_SKILL_IMPORT',
          { specifier, advice: adviceFor(specifier, cause) },
          context
        );
  }

  private checkNames(module: ModuleState, record: ImportRecord, exports: Exports): void {
    for (const { name, position } of record.names) {
      if (!(name in exports)) {
        const known = Object.keys(exports).filter(key => key !== 'default' && key !== '__esModule');
        throw chatOpsError(
          'CHATOPS_SKILL_IMPORT_NAME',
          {
            specifier: record.specifier,
            name,
            suggestion: didYouMean(name, known),
            known: known.length > 0 ? listed(known) : 'nothing by name'
          },
          {
            where: { file: this.sources.display(module.file), ...position },
            excerpt: excerpt(module.source!.text, position.line, position.column)
          }
        );
      }
    }
  }
}

function adviceFor(specifier: string, cause: unknown): string {
  if (isLocal(specifier)) {
    return 'Check the path: it is looked for from the folder of the file that imports it.';
  }
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    return `Install it in the workspace: \`npm install ${name}\`.`;
  }
  return `It was found but would not load: ${reasonOf(cause)}.`;
}

function listed(names: string[]): string {
  const some = names.slice(0, MOST_NAMES).map(name => `\`${name}\``);
  const left = names.length - some.length;
  return some.join(', ') + (left > 0 ? ` and ${left} more` : '');
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers(): {
  promise: Promise<void>;
  resolve: () => void;
  reject: (reason: unknown) => void;
} {
  let resolve!: () => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}
