import { ModuleGraph, type ModuleEnvironment } from './module-graph';
import type { Exports } from './outside';
import { SourceRegistry } from './source-registry';

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
   * @param text - the entry's text, when it is not to be read from the file.
   * @param files - is given every local file as soon as it is read, also when the load fails.
   * @throws ChatOpsError `CHATOPS_SKILL_SYNTAX`, `CHATOPS_SKILL_IMPORT`, `CHATOPS_SKILL_IMPORT_NAME`
   * or `CHATOPS_SKILL_LOAD`, each with file, line and column.
   */
  async load(
    entry: string,
    environment: ModuleEnvironment,
    text?: string,
    files: string[] = []
  ): Promise<LoadedModule> {
    const graph = new ModuleGraph(this.sources, environment, files);
    const exports = await graph.load(entry, text);
    return { exports, files };
  }
}
