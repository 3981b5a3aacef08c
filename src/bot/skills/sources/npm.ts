import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ProgramFailure, runProgram } from './program';

/** Nothing of a package runs while it is installed, and nobody is told that it is. */
const FLAGS = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--omit=dev',
  '--global=false'
];

/** The part of a package.json that matters here. */
export interface Manifest {
  name?: string;
  version?: string;
  main?: string;
  module?: string;
  dependencies?: Record<string, string>;
}

/** A package that was installed. */
export interface InstalledPackage {
  /** Relative to the folder it was installed into. */
  folder: string;
  version: string;
  integrity?: string;
}

/** The package.json of a folder; nothing when there is none that can be read. */
export function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

/**
 * Installs one package into a new folder of its own.
 *
 * @param specifier - a name with or without a version, or `file:` and the path of an archive.
 * @throws ProgramFailure, or ChatOpsError `CHATOPS_PROGRAM_MISSING`.
 */
export async function installPackage(specifier: string, folder: string): Promise<InstalledPackage> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  await npm(['install', '--save-exact', '--install-links', ...FLAGS, '--', specifier], folder);
  const [name] = Object.keys(readManifest(folder)?.dependencies ?? {});
  const inner = name === undefined ? undefined : path.join('node_modules', ...name.split('/'));
  const manifest = inner === undefined ? undefined : readManifest(path.join(folder, inner));
  if (inner === undefined || manifest?.version === undefined) {
    throw new ProgramFailure('npm installed no package');
  }
  const integrity = integrityOf(folder, name!);
  return {
    folder: inner,
    version: manifest.version,
    ...(integrity !== undefined && { integrity })
  };
}

/** The dependencies that a folder's package.json names and that are not there. */
export function missingDependencies(folder: string): string[] {
  return Object.keys(readManifest(folder)?.dependencies ?? {}).filter(name => {
    for (let place = folder; ; place = path.dirname(place)) {
      if (existsSync(path.join(place, 'node_modules', ...name.split('/'), 'package.json'))) {
        return false;
      }
      if (place === path.dirname(place)) {
        return true;
      }
    }
  });
}

/**
 * Installs what a folder's package.json names, in that folder: exactly what its own lock file says,
 * where it has one.
 *
 * @throws ProgramFailure, or ChatOpsError `CHATOPS_PROGRAM_MISSING`.
 */
export async function installDependencies(folder: string): Promise<void> {
  const isLocked = ['package-lock.json', 'npm-shrinkwrap.json'].some(name =>
    existsSync(path.join(folder, name))
  );
  await npm([...(isLocked ? ['ci'] : ['install', '--no-package-lock']), ...FLAGS], folder);
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  const program = npmProgram();
  await (program === undefined
    ? runProgram('npm', args, { cwd })
    : runProgram(process.execPath, [program, ...args], { cwd }));
}

/** npm beside this Node; on Windows `npm` itself is a script that needs a shell. */
function npmProgram(): string | undefined {
  const bin = path.dirname(process.execPath);
  return ['node_modules', '../lib/node_modules']
    .map(folder => path.join(bin, folder, 'npm/bin/npm-cli.js'))
    .find(existsSync);
}

function integrityOf(folder: string, name: string): string | undefined {
  try {
    const { packages } = JSON.parse(
      readFileSync(path.join(folder, 'package-lock.json'), 'utf8')
    ) as {
      packages: Record<string, { integrity?: string }>;
    };
    return packages[`node_modules/${name}`]?.integrity;
  } catch {
    return undefined;
  }
}
