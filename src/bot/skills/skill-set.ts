import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Skill, SkillRegistry } from '../../engine';
import {
  ChatOpsError,
  chatOpsError,
  didYouMean,
  fingerprint,
  toErrorRecord,
  type ErrorRecord,
  type ReloadCause,
  type SkillChange,
  type SkillSource
} from '../../protocol';
import {
  displayPath,
  resolveFrom,
  skillSchema,
  writeFileAtomically,
  type Configuration,
  type SkillSection
} from '../config';
import { digest, MISSING, type SkillRuntime } from '../runtime';
import { FileWatcher } from './file-watcher';
import { checkOverwriting, entryToWrite, SKILLS_FOLDER } from './skill-source';
import { SkillHealth } from './skill-health';
import { SkillFinder, type FoundSkill } from './skill-finder';
import { isNotebook, notebookSource, withoutCredentials, type Progress } from './sources';
import { fileReason } from '../file-reason';

/**
 * How long after a skill was loaded its files are watched, in milliseconds. What changes before that is
 * noticed all the same: files are looked at when the watch over them begins.
 */
const WATCH_AFTER = 10;

/** What a set of skills is made of. */
export interface SkillSetParts {
  registry: SkillRegistry;
  runtime: SkillRuntime;
  /** The skills that come with ChatOps, by name. */
  builtins: ReadonlyMap<string, Skill>;
  /** The bot's folder, as an absolute path. */
  workspace: string;
  /** Told what takes time while skills are fetched. */
  tell?: Progress;
}

/** A source that was made live. */
export interface SavedSkill {
  change: SkillChange;
  /** The file it was written to, relative to the workspace when it is inside. */
  file?: string;
  /** The path to enter into the configuration, when the skill is not in it yet. */
  newPath?: string;
}

/** A skill that is to be live, and what is known of the version that was loaded last. */
interface Member {
  section: SkillSection;
  /** Its file or folder; nothing for what comes with ChatOps, or is not fetched yet. */
  location: string | undefined;
  /** Of the version that is live. */
  load?: number;
  /** The fingerprint of what someone wrote without looking; who does that may be overwritten likewise. */
  unguarded?: string;
  /** Every file of the newest version, live or refused, with a digest of its content. */
  files: Map<string, string>;
  /** What is being done with it; the next waits. */
  work: Promise<unknown>;
}

/** Loads the configured skills, keeps them in step with their files, and takes new ones from cells. */
export class SkillSet {
  private readonly registry: SkillRegistry;
  private readonly runtime: SkillRuntime;
  private readonly builtins: ReadonlyMap<string, Skill>;
  private readonly workspace: string;
  private readonly members = new Map<string, Member>();
  private readonly watcher: FileWatcher;
  private readonly finder: SkillFinder;
  private readonly health: SkillHealth;
  private configuration: Configuration | undefined;
  private folder: string;
  private watching: NodeJS.Timeout | undefined;

  constructor({ registry, runtime, builtins, workspace, tell }: SkillSetParts) {
    this.registry = registry;
    this.runtime = runtime;
    this.builtins = builtins;
    this.workspace = workspace;
    this.folder = workspace;
    this.finder = new SkillFinder(workspace, tell);
    this.watcher = new FileWatcher(files => void this.filesChanged(files));
    runtime.outdated.on(names => void this.loadOutdated(names));
    this.health = new SkillHealth(
      () => performance.now(),
      (name, error) => void this.holdVersion(name, registry.versionOf(name), error)
    );
    runtime.ended.on(outcome => this.health.note(outcome));
  }

  /**
   * Makes the configured skills live, and only those. The caller announces the changes.
   *
   * @param folder - what relative paths are relative to.
   */
  async configure(configuration: Configuration, folder: string): Promise<SkillChange[]> {
    const before = this.configuration;
    this.configuration = configuration;
    this.folder = folder;
    this.watcher.setPoll(configuration.watchInterval);
    const sections = configuration.skills;
    const names = new Set(sections.map(({ name }) => name));
    const removed = [...this.members.keys()].filter(name => !names.has(name));
    const changes = removed.map(name => this.remove(name));
    const loads = sections.map(section => {
      const member = this.members.get(section.name);
      if (member && before && sameSection(member.section, section)) {
        return this.exclusively(member, () => this.reloadIfChanged(member));
      }
      return this.replaceMember(section);
    });
    changes.push(...(await Promise.all(loads)));
    this.registry.arrange(sections.map(({ name }) => name));
    return changes;
  }

  /**
   * Loads skills again from their files.
   *
   * @param names - which, whether they changed or not; all that changed when absent.
   * @throws ChatOpsError `CHATOPS_SKILL_UNKNOWN`.
   */
  async reload(names: readonly string[] | undefined, cause: ReloadCause): Promise<SkillChange[]> {
    const members = names?.map(name => this.memberNamed(name)) ?? [...this.members.values()];
    const changes = await Promise.all(
      members.map(member => {
        return this.exclusively(member, () =>
          names ? this.load(member) : this.reloadIfChanged(member)
        );
      })
    );
    this.tell(cause, changes);
    return changes;
  }

  /**
   * Makes a source the live version of a skill, and writes it to the skill's file once it is live.
   *
   * @param known - the fingerprints of what may stand in the file; anything, when absent.
   * @throws ChatOpsError `CHATOPS_SKILL_NAME`, `CHATOPS_SKILL_BUILTIN` or `CHATOPS_SKILL_CONFLICT`.
   * A source that would not load is no exception but a change of kind `failed`.
   */
  async save(name: string, source: string, known?: readonly string[]): Promise<SavedSkill> {
    if (!/^[A-Za-z][\w-]{0,63}$/.test(name)) {
      throw chatOpsError('CHATOPS_SKILL_NAME', { name });
    }
    let member = this.members.get(name);
    if (this.builtins.has(name) && !member?.location) {
      throw chatOpsError('CHATOPS_SKILL_BUILTIN', { name });
    }
    this.checkWritable(member);
    const isNew = member === undefined;
    const newPath = `${SKILLS_FOLDER}/${name}`;
    // As the configuration will say it, so that reading that anew changes nothing.
    member ??= this.addMember(skillSchema.parse({ name, path: newPath }));
    return this.exclusively(member, async () => {
      const entry = entryToWrite(member.location!);
      try {
        const file = this.display(entry);
        checkOverwriting(entry, { name, source, known, file, unguarded: member.unguarded });
      } catch (error) {
        if (isNew) {
          this.remove(name);
        }
        throw error;
      }
      const change = await this.load(member, { entry, text: source });
      const saved: SavedSkill = { change };
      if (change.kind === 'failed') {
        if (isNew) {
          this.remove(name);
        }
      } else {
        // A notebook is written by whoever works in it.
        const problem = isNotebook(entry) ? undefined : this.write(entry, source);
        if (problem) {
          change.warnings.push(problem);
        } else {
          saved.file = this.display(entry);
          if (known === undefined) {
            member.unguarded = fingerprint(source);
          } else {
            delete member.unguarded;
          }
        }
        if (isNew) {
          saved.newPath = newPath;
        }
      }
      this.tell('cell', [change]);
      return saved;
    });
  }

  /**
   * Keeps a skill from answering, until it is edited or released.
   *
   * @param by - who wants it so.
   * @throws ChatOpsError `CHATOPS_SKILL_UNKNOWN`, or `CHATOPS_SKILL_BUILTIN`.
   */
  async hold(name: string, by: string, cause: ReloadCause): Promise<SkillChange> {
    const member = this.memberNamed(name);
    if (!member.location) {
      throw chatOpsError('CHATOPS_SKILL_BUILTIN', { name });
    }
    const reason = `${by} said so`;
    const { record } = chatOpsError('CHATOPS_SKILL_ON_HOLD', { name, reason });
    return this.exclusively(member, async () => this.putOnHold(member, record, cause));
  }

  /**
   * Loads a skill anew, so that one on hold answers again.
   *
   * @throws ChatOpsError `CHATOPS_SKILL_UNKNOWN`.
   */
  async release(name: string, cause: ReloadCause): Promise<SkillChange> {
    const member = this.memberNamed(name);
    const change = await this.exclusively(member, () => this.load(member));
    this.tell(cause, [change]);
    return change;
  }

  async close(): Promise<void> {
    clearTimeout(this.watching);
    await this.watcher.close();
  }

  /** @throws ChatOpsError `CHATOPS_SKILL_UNKNOWN`. */
  private memberNamed(name: string): Member {
    const member = this.members.get(name);
    if (!member) {
      const suggestion = didYouMean(name, [...this.members.keys()]);
      throw chatOpsError('CHATOPS_SKILL_UNKNOWN', { name, suggestion });
    }
    return member;
  }

  /** A version has gone wrong too often; one that took its place meanwhile may be better. */
  private async holdVersion(name: string, version: number, error: ErrorRecord): Promise<void> {
    const member = this.members.get(name);
    if (member?.location) {
      await this.exclusively(member, async () => {
        if (this.registry.versionOf(name) === version) {
          this.putOnHold(member, error, 'hold');
        }
      });
    }
  }

  private putOnHold(member: Member, error: ErrorRecord, cause: ReloadCause): SkillChange {
    const change = this.registry.hold(member.section.name, error);
    if (member.load !== undefined) {
      this.runtime.retire(member.load);
      delete member.load;
    }
    this.tell(cause, [change]);
    return change;
  }

  private replaceMember(section: SkillSection): Promise<SkillChange> {
    const old = this.members.get(section.name);
    const member = this.addMember(section, old);
    return this.exclusively(member, () => this.load(member));
  }

  private addMember(section: SkillSection, old?: Member): Member {
    const member: Member = {
      section,
      location: section.path === undefined ? undefined : this.resolve(section.path),
      files: new Map(),
      work: old?.work ?? Promise.resolve(),
      ...(old?.load !== undefined && { load: old.load })
    };
    this.members.set(section.name, member);
    this.watchFilesSoon();
    return member;
  }

  private remove(name: string): SkillChange {
    const member = this.members.get(name);
    this.members.delete(name);
    this.watchFilesSoon();
    if (member?.load !== undefined) {
      this.runtime.retire(member.load);
    }
    return this.registry.remove(name);
  }

  /** Loads a version and swaps it in, or leaves the old one live and says why. */
  private async load(
    member: Member,
    given?: { entry: string; text: string }
  ): Promise<SkillChange> {
    const began = performance.now();
    const { name } = member.section;
    const duration = (): number => performance.now() - began;
    let source: SkillSource = { kind: 'path', path: member.section.path ?? name };
    const { location, files } = member;
    try {
      const found = given ?? (await this.find(member));
      if (found === undefined) {
        return this.putBuiltin(name, duration);
      }
      source = { ...('source' in found ? found.source : source), file: this.display(found.entry) };
      const result = await this.runtime.load({
        skill: name,
        entry: found.entry,
        ...(found.text !== undefined && { text: found.text }),
        config: member.section,
        limits: { waiting: member.section.timeout, blocking: member.section['blocking-timeout'] }
      });
      if ('error' in result) {
        // A refused cell was not written; the files are still those of the version that is live.
        if (!given) {
          member.files = new Map([[found.entry, ''], ...Object.entries(result.files)]);
        }
        throw new ChatOpsError(result.error);
      }
      member.files = new Map(Object.entries(result.files));
      const change = this.registry.put(
        {
          name,
          source,
          matchers: result.matchers,
          fingerprint: digest(JSON.stringify([result.files, member.section])),
          runner: result.runner
        },
        { warnings: result.warnings, duration: duration() }
      );
      if (member.load !== undefined) {
        this.runtime.retire(member.load);
      }
      member.load = result.load;
      this.health.forget(name);
      return change;
    } catch (error) {
      const record = toErrorRecord(error);
      return this.registry.refuse(name, source, record, { duration: duration() });
    } finally {
      if (member.location !== location || !haveSameKeys(member.files, files)) {
        this.watchFilesSoon();
      }
    }
  }

  /** Where the skill is, once it is there; nothing for what comes with ChatOps. */
  private async find(member: Member): Promise<FoundSkill | undefined> {
    const { section } = member;
    const place = (key?: string): ReturnType<Configuration['placeOf']> =>
      this.configuration?.placeOf('skills', section.name, key) ?? {};
    const found = await this.finder.find(section, this.folder, place);
    if (found) {
      member.location = found.location;
    }
    return found;
  }

  /** @throws ChatOpsError `CHATOPS_SKILL_FETCHED`. */
  private checkWritable(member: Member | undefined): void {
    const { name, repo, gist, package: specifier } = member?.section ?? {};
    const source = repo ?? gist ?? specifier;
    if (name !== undefined && source !== undefined) {
      throw chatOpsError('CHATOPS_SKILL_FETCHED', { name, source: withoutCredentials(source) });
    }
  }

  private putBuiltin(name: string, duration: () => number): SkillChange {
    const builtin = this.builtins.get(name);
    if (!builtin) {
      throw chatOpsError(
        'CHATOPS_SKILL_SOURCE',
        { name, known: [...this.builtins.keys()].join(', ') },
        this.configuration?.placeOf('skills', name) ?? {}
      );
    }
    return this.registry.get(name) === builtin
      ? this.registry.keep(name)
      : this.registry.put(builtin, { duration: duration() });
  }

  private async reloadIfChanged(member: Member): Promise<SkillChange> {
    const { name } = member.section;
    const changed = [...member.files].some(([file, known]) => digestOf(file, name) !== known);
    const neverLoaded = member.location ? member.files.size === 0 : !this.registry.get(name);
    return changed || neverLoaded ? this.load(member) : this.registry.keep(name);
  }

  /** Something happened to watched files: reload the skills it matters to. */
  private async filesChanged(files: ReadonlySet<string>): Promise<void> {
    const affected = [...this.members.values()].filter(
      member =>
        isWatched(member) &&
        [...files].some(
          file =>
            member.files.has(file) ||
            // A file that was missing may have appeared.
            (!this.registry.get(member.section.name) &&
              member.location?.startsWith(path.dirname(file)))
        )
    );
    const changes = await Promise.all(
      affected.map(async member => {
        const before = this.registry.problemOf(member.section.name);
        const change = await this.exclusively(member, () => this.reloadIfChanged(member));
        // A file that appears on the way to a missing one is no news.
        const isOld = change.kind === 'failed' && change.error?.message === before?.message;
        return change.kind === 'unchanged' || isOld ? [] : [change];
      })
    );
    this.tell('file', changes.flat());
  }

  /** These lost their thread, and their files are not what they were. */
  private async loadOutdated(names: readonly string[]): Promise<void> {
    const changes = await Promise.all(
      names.flatMap(name => {
        const member = this.members.get(name);
        return member ? [this.exclusively(member, () => this.load(member))] : [];
      })
    );
    this.tell('thread', changes);
  }

  private tell(cause: ReloadCause, changes: SkillChange[]): void {
    if (changes.length > 0) {
      this.registry.announce({ cause, changes });
    }
  }

  /** Once for all that is loaded about the same time: there may be thousands of files. */
  private watchFilesSoon(): void {
    this.watching ??= setTimeout(() => {
      this.watching = undefined;
      this.watchFiles();
    }, WATCH_AFTER).unref();
  }

  private watchFiles(): void {
    this.watcher.setFiles(
      [...this.members.values()]
        .filter(isWatched)
        .flatMap(({ files, location }) => [...files.keys(), ...(location ? [location] : [])])
    );
  }

  private write(file: string, text: string): ErrorRecord | undefined {
    try {
      writeFileAtomically(file, text);
      return undefined;
    } catch (error) {
      return chatOpsError(
        'CHATOPS_WORKSPACE_READ_ONLY',
        {
          path: this.workspace,
          consequence: `the skill is live but was not saved (${fileReason(error)})`
        },
        { cause: error }
      ).record;
    }
  }

  private resolve(location: string): string {
    return resolveFrom(this.folder, location);
  }

  private display(file: string): string {
    return displayPath(this.workspace, file);
  }

  /** Does one thing after the other with a skill. */
  private exclusively<T>(member: Member, action: () => Promise<T>): Promise<T> {
    const result = member.work.then(action, action);
    member.work = result.catch(() => undefined);
    return result;
  }
}

/** opsdroid's `no-cache: false` on a path means that edits are not looked for. */
export function isWatched({ section, location }: Pick<Member, 'section' | 'location'>): boolean {
  return location !== undefined && section.path !== undefined && section['no-cache'] !== false;
}

/** In whichever order their keys stand. */
function sameSection(a: SkillSection, b: SkillSection): boolean {
  return isDeepStrictEqual(a, b);
}

function haveSameKeys(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...a.keys()].every(key => b.has(key));
}

/** Of a notebook only the skill counts: its outputs change with every run. */
function digestOf(file: string, name: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    return digest(isNotebook(file) ? notebookSource(name, text, file) : text);
  } catch {
    return MISSING;
  }
}
