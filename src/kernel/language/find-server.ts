import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isFile } from '../../loader';

/** TypeScript's language server as it was found on this machine. */
export interface ServerProgram {
  /** The program's file. */
  file: string;
  version: string;
}

/** The first version that is a program of its own and speaks the language server protocol. */
const FIRST_MAJOR = 7;

/**
 * Finds TypeScript's language server, a program for each platform in a package of its own that
 * npm installs along with `typescript`. The first that is found counts.
 *
 * @param places - folders; each is searched as Node searches a package from a file in it.
 */
export function findServer(places: readonly string[]): ServerProgram | undefined {
  for (const place of places) {
    const found = serverFrom(place);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/**
 * Where npm puts packages that are installed with `-g`: beside the Node that runs us, where
 * npm's settings say, and where Windows keeps them.
 */
export function globalPlaces(
  environment: NodeJS.ProcessEnv,
  node: string,
  platform: NodeJS.Platform
): string[] {
  const isWindows = platform === 'win32';
  const prefix = isWindows ? path.dirname(node) : path.dirname(path.dirname(node));
  const prefixes = [environment.npm_config_prefix, environment.NPM_CONFIG_PREFIX, prefix];
  const home = isWindows ? environment.APPDATA && path.join(environment.APPDATA, 'npm') : undefined;
  return [
    ...(environment.NODE_PATH?.split(path.delimiter) ?? []).map(folder => path.dirname(folder)),
    ...[...prefixes, home].flatMap(folder =>
      folder ? [isWindows ? folder : path.join(folder, 'lib')] : []
    )
  ];
}

function serverFrom(place: string): ServerProgram | undefined {
  try {
    const manifest = resolve(place, 'typescript/package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    if (Number.parseInt(version, 10) < FIRST_MAJOR) {
      return undefined;
    }
    const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
    const folder = path.dirname(resolve(path.dirname(manifest), platform));
    const file = path.join(folder, 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc');
    return isFile(file) ? { file, version } : undefined;
  } catch {
    return undefined;
  }
}

function resolve(folder: string, name: string): string {
  return createRequire(path.join(folder, 'anything.js')).resolve(name);
}
