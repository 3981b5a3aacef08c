import { createRequire } from 'node:module';
import path from 'node:path';
import { chatOpsError } from '../protocol';

/** A package that people install only when they need it; found now, loaded with its first use. */
export class OptionalPackage<T> {
  private loaded: T | undefined;

  private constructor(
    private readonly requireFrom: NodeJS.Require,
    private readonly name: string
  ) {}

  /**
   * Finds a package.
   *
   * @param folders - where it may be installed; the first one is where people are told to install it.
   * @param user - what needs it, for the error: "The parser `lex`".
   * @throws ChatOpsError `CHATOPS_PACKAGE_MISSING`.
   */
  static find<T>(name: string, folders: readonly string[], user: string): OptionalPackage<T> {
    for (const folder of folders) {
      const requireFrom = createRequire(path.join(folder, 'package.json'));
      try {
        requireFrom.resolve(name);
        return new OptionalPackage<T>(requireFrom, name);
      } catch {
        // It may be in the next folder.
      }
    }
    throw chatOpsError('CHATOPS_PACKAGE_MISSING', { name, user, folder: folders[0] ?? '.' });
  }

  load(): T {
    this.loaded ??= this.requireFrom(this.name) as T;
    return this.loaded;
  }
}
