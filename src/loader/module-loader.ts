import { ModuleGraph, type ModuleEnvironment } from './module-graph';
import type { Exports } from './outside';
import { SourceRegistry } from './source-registry';

/** What may be said about a load besides where it begins. */
export interface LoadOptions {
  /** The entry's text, when it is not to be read from the file. */
  text?: string | undefined;
  /** Is given every local file as soon as it is read, also when the load fails; absolute paths. */
  files?: string[];
  /**
   * Asked once everything is read and before any of it runs; what it throws ends the load.
   *
   * @param keepsState - the modules may keep something from one call to the next.
   */
  admit?: (keepsState: boolean) => void;
}

/** A module that has been evaluated, with everything it brought along. */
export interface LoadedModule {
  exports: Exports;
  /** Every local file that was read, the entry first, as absolute paths. */
  files: string[];
}

/**
 * Loads TypeScript and JavaScript modules from files without Node's module caches, which never let
 * go of what they hold: each load reads and evaluates afresh, and what nobody uses any more is
 * collected. Packages and Node's own modules do come from Node.
 */
export class ModuleLoader {
  /** The texts of what was loaded, for errors that come later. */
  readonly sources: SourceRegistry;

  /** @param root - the folder that files are named relative to in errors. */
  constructor(root: string) {
    this.sources = new SourceRegistry(root);
  }

  /**
   * Loads a file and all it imports, and evaluates them once each, imports first.
   *
   * @param entry - an absolute path.
   * @throws ChatOpsError `CHATOPS_SKILL_SYNTAX`, `CHATOPS_SKILL_IMPORT`, `CHATOPS_SKILL_IMPORT_NAME`
   * or `CHATOPS_SKILL_LOAD`, each with file, line and column.
   */
  async load(
    entry: string,
    environment: ModuleEnvironment,
    { text, files = [], admit }: LoadOptions = {}
  ): Promise<LoadedModule> {
    const graph = new ModuleGraph(this.sources, environment, files);
    if (admit) {
      admit(graph.survey(entry, text));
    }
    const exports = await graph.load(entry, text);
    return { exports, files };
  }
}
