import { statSync } from 'node:fs';
import path from 'node:path';

/** What a file of ours may end in, in the order it is looked for when an import leaves it out. */
const EXTENSIONS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'];

/** How an import of emitted JavaScript names a TypeScript source. */
const EMITTED: Record<string, string> = { '.js': '.ts', '.mjs': '.mts', '.cjs': '.cts' };

/** True for `./x`, `../x` and absolute paths: what this loader reads itself. */
export function isLocal(specifier: string): boolean {
  return (
    /^\.{0,2}\//.test(specifier) ||
    specifier === '.' ||
    specifier === '..' ||
    path.isAbsolute(specifier)
  );
}

/**
 * The file that a local import means: as written, with an extension added, or a folder's `index`.
 *
 * @param from - the folder of the importing file.
 * @returns an absolute path, or nothing when there is no such file.
 */
export function resolveLocal(specifier: string, from: string): string | undefined {
  return localCandidates(specifier, from).find(isFile);
}

/** Every file that a local import could mean, as absolute paths, in the order they are looked for. */
export function localCandidates(specifier: string, from: string): string[] {
  const target = path.resolve(from, specifier);
  const extension = path.extname(target);
  const emitted = EMITTED[extension];
  return [
    target,
    ...(emitted ? [target.slice(0, -extension.length) + emitted] : []),
    ...EXTENSIONS.map(extension => target + extension),
    ...EXTENSIONS.map(extension => path.join(target, `index${extension}`))
  ];
}

/** True when there is a file (not a folder) at this path. */
export function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
