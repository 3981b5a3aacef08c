import { readFileSync } from 'node:fs';
import { ModuleGraph, type ModuleEnvironment } from './module-graph';
import type { Exports } from './outside';
import { SourceRegistry } from './source-registry';

/**
 * Modules that live on between imports, as in a notebook's session: an import evaluates again what
 * changed on disk since, and whatever imports that; all else keeps its state and its identity.
 */
export class ModuleStore {
  /** The texts of what was loaded, for errors that come later. */
  readonly sources: SourceRegistry;

  private readonly graph: ModuleGraph;

  /**
   * @param root - the folder that files are named relative to in errors.
   * @param environment - what the modules find around them.
   */
  constructor(root: string, environment: ModuleEnvironment = { provided: {}, globals: {} }) {
    this.sources = new SourceRegistry(root);
    this.graph = new ModuleGraph(this.sources, environment, []);
  }

  /**
   * Imports what a file would get by this name.
   *
   * @param from - an absolute path; there need not be such a file.
   * @throws ChatOpsError as {@link ModuleLoader.load} does, or Node's own error for a package.
   */
  import(specifier: string, from: string): Promise<Exports> {
    this.graph.forget((file, text) => this.hasChanged(file, text));
    return this.graph.import(specifier, from);
  }

  private hasChanged(file: string, text = this.sources.textOf(file)): boolean {
    try {
      return readFileSync(file, 'utf8') !== text;
    } catch {
      return true;
    }
  }
}
