import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { chatOpsError } from '../../protocol';
import { Configuration } from './configuration';
import { resolveFrom } from './config-path';
import type { Include } from './positioned-yaml';
import type { Variables } from './variables';
import { fileReason } from '../file-reason';

/** What a workspace's configuration is called. */
export const CONFIGURATION_NAME = 'configuration.yaml';

/**
 * Where a configuration is looked for when none is named, in this order: the workspace, the user's
 * own, the one the 2017 workshop wrote, the machine's.
 */
export function configurationPlaces(workspace: string, home = homedir()): string[] {
  return [
    path.join(workspace, CONFIGURATION_NAME),
    path.join(
      process.env.XDG_CONFIG_HOME ?? path.join(home, '.config'),
      'chatops',
      CONFIGURATION_NAME
    ),
    path.join(home, '.opsdroid', CONFIGURATION_NAME),
    path.join('/etc/chatops', CONFIGURATION_NAME)
  ];
}

/** The configuration that holds for a workspace, or where a new one belongs. */
export function findConfiguration(workspace: string, home?: string): string {
  const places = configurationPlaces(workspace, home);
  return places.find(place => existsSync(place)) ?? places[0]!;
}

/** Why a file cannot be read, for people who do not know the system's words. */
const reasons: Record<string, string> = {
  ENOENT: 'it is not there',
  EISDIR: 'it is a folder',
  EACCES: 'its permissions do not allow it'
};

/**
 * Reads a configuration file.
 *
 * @param name - what errors call it.
 * @throws ChatOpsError `CHATOPS_CONFIG_UNREADABLE` or `CHATOPS_CONFIG_SYNTAX`.
 */
export function readConfiguration(file: string, name: string, variables: Variables): Configuration {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw chatOpsError(
      'CHATOPS_CONFIG_UNREADABLE',
      {
        file: name,
        reason: reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? fileReason(error)
      },
      { cause: error }
    );
  }
  return Configuration.parse(text, name, variables, includeBeside(file, name));
}

/**
 * Reads files that a configuration includes: relative to the file they are named in.
 *
 * @param file - the configuration, as an absolute path.
 * @param name - what errors call it.
 */
export function includeBeside(file: string, name: string): Include {
  const paths = new Map([[name, file]]);
  return (included, from) => {
    const location = resolveFrom(path.dirname(paths.get(from) ?? file), included);
    const relative = path.join(path.dirname(from), included);
    const called = path.isAbsolute(included) || included.startsWith('~') ? location : relative;
    paths.set(called, location);
    return { text: readFileSync(location, 'utf8'), file: called };
  };
}

/**
 * The variables a configuration may refer to: those of the process, then those of the workspace's
 * `.env` file.
 */
export function readVariables(workspace: string, environment: Variables = process.env): Variables {
  const file = path.join(workspace, '.env');
  const own = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return { ...own, ...environment };
}

/** Writes a file so that nobody ever reads half of it. */
export function writeFileAtomically(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}
