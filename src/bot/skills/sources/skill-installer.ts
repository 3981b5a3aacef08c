import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ChatOpsError, chatOpsError, reasonOf } from '../../../protocol';
import { STATE_FOLDER } from '../../logging';
import { checkOut, newestCommit } from './git';
import { installDependencies, installPackage, missingDependencies, readManifest } from './npm';
import { ProgramFailure } from './program';
import { SkillLock, type LockedSkill } from './skill-lock';
import { describeOrigin, withoutCredentials, type FetchedOrigin } from './skill-origin';
import { fileReason } from '../../file-reason';

/** Where fetched skills lie, in the workspace: a folder for each, and in it one for each version. */
export const FETCHED_FOLDER = path.join(STATE_FOLDER, 'skills');

/** A skill that is there. */
export interface InstalledSkill {
  /** Its files, as an absolute path. */
  folder: string;
  /** Its commit or its version. */
  pinned: string;
}

/** What a search for something newer found. */
export interface UpdatedSkill extends InstalledSkill {
  /** What was used until now. */
  before?: string;
}

/** Told what is being done, in a line at a time. */
export type Progress = (skill: string, line: string) => void;

/** Whether a skill's own dependencies are wanted; opsdroid's `no-dep` says no. */
export interface InstallOptions {
  dependencies: boolean;
}

/**
 * Fetches skills from repositories and packages, each into a place of its own, in the version that the
 * lock file pins. Nothing of what is fetched runs, and nothing newer comes by itself.
 */
export class SkillInstaller {
  private readonly root: string;
  private readonly lock: SkillLock;

  /**
   * @param workspace - the bot's folder, as an absolute path.
   * @param tell - told what takes time.
   */
  constructor(
    workspace: string,
    private readonly tell: Progress = () => undefined
  ) {
    this.root = path.join(workspace, FETCHED_FOLDER);
    this.lock = new SkillLock(workspace);
  }

  /** The version that is pinned for a skill, if one is. */
  pinned(name: string, origin: FetchedOrigin): string | undefined {
    return this.lock.get(name, describeOrigin(origin))?.pinned;
  }

  /**
   * Makes sure that a skill is there, in its pinned version; the newest one when none is pinned yet.
   *
   * @throws ChatOpsError `CHATOPS_SKILL_FETCH`, `CHATOPS_SKILL_LOCK`, `CHATOPS_PROGRAM_MISSING` or
   * `CHATOPS_WORKSPACE_READ_ONLY`.
   */
  async ensure(
    name: string,
    origin: FetchedOrigin,
    options: InstallOptions
  ): Promise<InstalledSkill> {
    const locked = this.lock.get(name, describeOrigin(origin));
    const known = locked && this.placeOf(name, locked);
    if (known && existsSync(known)) {
      return { folder: this.inner(origin, known), pinned: locked.pinned };
    }
    return this.install(name, origin, options, locked);
  }

  /** Looks for something newer, and takes it. Throws like {@link ensure}. */
  async update(
    name: string,
    origin: FetchedOrigin,
    options: InstallOptions
  ): Promise<UpdatedSkill> {
    const before = this.pinned(name, origin);
    const installed = await this.install(name, origin, options, undefined);
    return { ...installed, ...(before !== undefined && { before }) };
  }

  /** Takes a skill's files and its pinned version away. */
  remove(name: string): void {
    this.lock.delete(name);
    rmSync(path.join(this.root, name), { recursive: true, force: true });
  }

  /**
   * Installs what the package.json of a folder names and is not there yet.
   *
   * @throws ChatOpsError `CHATOPS_SKILL_DEPENDENCIES`.
   */
  async completeFolder(name: string, folder: string): Promise<void> {
    const missing = missingDependencies(folder);
    if (missing.length > 0) {
      this.tell(name, `installing ${missing.join(', ')}`);
      await failingAs('CHATOPS_SKILL_DEPENDENCIES', name, () => installDependencies(folder));
    }
  }

  private async install(
    name: string,
    origin: FetchedOrigin,
    options: InstallOptions,
    locked: LockedSkill | undefined
  ): Promise<InstalledSkill> {
    const home = path.join(this.root, name);
    const temporary = path.join(home, `.new-${process.pid}-${Date.now()}`);
    try {
      makeFolder(temporary);
      this.tell(name, `fetching ${describeOrigin(origin)}`);
      const entry = await failingAs('CHATOPS_SKILL_FETCH', name, () =>
        origin.kind === 'repo'
          ? fetchRepository(origin, temporary, locked)
          : fetchPackage(origin, temporary, locked)
      );
      const folder = this.placeOf(name, entry);
      if (!existsSync(folder)) {
        if (origin.kind === 'repo' && options.dependencies) {
          await this.completeFolder(name, temporary);
        }
        moveInto(temporary, folder);
      }
      this.lock.set(name, entry);
      this.tell(name, `pinned to ${entry.pinned}`);
      this.prune(home, folder);
      return { folder: this.inner(origin, folder), pinned: entry.pinned };
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }

  /** A version has a folder of its own: Node never reads the packages of a folder again. */
  private placeOf(name: string, { pinned, integrity = '' }: LockedSkill): string {
    const suffix = integrity.replace(/\W/g, '').slice(-8);
    return path.join(this.root, name, [pinned.slice(0, 40), suffix].filter(Boolean).join('-'));
  }

  private inner(origin: FetchedOrigin, folder: string): string {
    const [name] =
      origin.kind === 'package' ? Object.keys(readManifest(folder)?.dependencies ?? {}) : [];
    return name === undefined ? folder : path.join(folder, 'node_modules', ...name.split('/'));
  }

  private prune(home: string, used: string): void {
    for (const entry of readdirSync(home)) {
      if (path.join(home, entry) !== used && !entry.startsWith('.')) {
        rmSync(path.join(home, entry), { recursive: true, force: true });
      }
    }
  }
}

async function fetchRepository(
  origin: Extract<FetchedOrigin, { kind: 'repo' }>,
  folder: string,
  locked: LockedSkill | undefined
): Promise<LockedSkill> {
  const commit = locked?.pinned ?? (await newestCommit(origin, folder));
  await checkOut(origin, commit, folder);
  return { source: describeOrigin(origin), pinned: commit };
}

async function fetchPackage(
  origin: Extract<FetchedOrigin, { kind: 'package' }>,
  folder: string,
  locked: LockedSkill | undefined
): Promise<LockedSkill> {
  const { specifier } = origin;
  // A name is fetched in the version that was chosen; an archive is what it is.
  const [, bare] = /^(@?[^@:]+)(?:@[^:/]*)?$/.exec(specifier) ?? [];
  const exact = locked && bare !== undefined ? `${bare}@${locked.pinned}` : specifier;
  const { version, integrity } = await installPackage(exact, folder);
  if (locked?.integrity !== undefined && locked.integrity !== integrity) {
    throw new ProgramFailure(`its archive is not the one that was pinned (${locked.integrity})`);
  }
  return {
    source: describeOrigin(origin),
    pinned: version,
    ...(integrity !== undefined && { integrity })
  };
}

async function failingAs<T>(
  code: 'CHATOPS_SKILL_FETCH' | 'CHATOPS_SKILL_DEPENDENCIES',
  name: string,
  action: () => Promise<T>
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof ChatOpsError) {
      throw error;
    }
    throw chatOpsError(code, { name, reason: withoutCredentials(reasonOf(error)) });
  }
}

/** Another process may have fetched the same at the same time. */
function moveInto(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) {
      throw error;
    }
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw chatOpsError(
      'CHATOPS_WORKSPACE_READ_ONLY',
      { path: folder, consequence: `no skill can be fetched (${fileReason(error)})` },
      { cause: error }
    );
  }
}
