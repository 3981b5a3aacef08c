import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { chatOpsError, didYouMean } from '../../protocol';
import {
  addSkill,
  Configuration,
  defaultConfiguration,
  readConfiguration,
  readVariables,
  removeSkill,
  skillSchema,
  writeFileAtomically,
  type SkillSection
} from '../config';
import {
  BUILTIN_NAMES,
  originOf,
  SkillFinder,
  SkillInstaller,
  SKILLS_FOLDER,
  withoutCredentials,
  type Progress,
  type SkillOrigin,
  type UpdatedSkill
} from '../skills';

/** The keys that say where a skill comes from. */
export type OriginKey = 'path' | 'repo' | 'gist' | 'package';

/** What may be said about a skill that is added. */
export interface AddOptions {
  name?: string | undefined;
  /** What the source is, where its form leaves that open. */
  from?: OriginKey | undefined;
  branch?: string | undefined;
  /** The ssh key that may read a repository. */
  key?: string | undefined;
}

/** A skill of the configuration, in a line. */
export interface ListedSkill {
  name: string;
  enabled: boolean;
  from: OriginKey | 'chatops';
  /** Its path, repository or package. */
  source?: string;
  /** The commit or version that is used. */
  pinned?: string;
}

/** What is done to the skills of a workspace from the command line: in its configuration, and in its files. */
export class SkillDesk {
  private readonly folder: string;
  private readonly installer: SkillInstaller;

  /**
   * @param workspace - the bot's folder, as an absolute path.
   * @param file - its configuration, as an absolute path.
   * @param tell - told what takes time.
   */
  constructor(
    private readonly workspace: string,
    private readonly file: string,
    private readonly tell: Progress = () => undefined
  ) {
    this.folder = path.dirname(file);
    this.installer = new SkillInstaller(workspace, tell);
  }

  /**
   * Fetches a skill if it has to be, and enters it into the configuration.
   *
   * @param source - a file, folder, notebook, repository, gist or package.
   * @param from - the folder that a path is relative to.
   * @throws ChatOpsError what keeps it from being found or fetched; then nothing has changed.
   */
  async add(source: string, options: AddOptions, from = process.cwd()): Promise<ListedSkill> {
    const key = options.from ?? kindOf(source, from);
    const name = options.name ?? nameFor(source);
    const section = this.sectionFor(name, {
      [key]:
        key === 'path'
          ? this.relative(source, from)
          : isFile(source, from)
            ? asLocal(this.relative(source, from))
            : source,
      ...(options.branch !== undefined && { branch: options.branch }),
      ...(options.key !== undefined && { key_path: this.relative(options.key, from) })
    });
    this.checkFree(name);
    try {
      await new SkillFinder(this.workspace, this.tell).find(section, this.folder, () => ({}));
      const { name: _, ...keys } = section;
      const { enabled: _e, timeout: _t, 'blocking-timeout': _b, 'no-dep': _n, ...said } = keys;
      this.write(addSkill(this.read().text, name, said));
    } catch (error) {
      this.installer.remove(name);
      throw error;
    }
    return this.listed(section);
  }

  /** The skills of the configuration, those that are switched off too. */
  list(): ListedSkill[] {
    return this.read().values.skills.map(section => this.listed(section));
  }

  /**
   * Takes a skill out of the configuration, and away what was fetched for it. Files of the workspace
   * stay.
   *
   * @throws ChatOpsError `CHATOPS_SKILL_UNKNOWN`.
   */
  remove(name: string): ListedSkill {
    const listed = this.listed(this.section(name));
    this.write(removeSkill(this.read().text, name));
    this.installer.remove(name);
    return listed;
  }

  /**
   * Begins a skill: a file with a first command, entered into the configuration.
   *
   * @returns the file, relative to the configuration.
   * @throws ChatOpsError `CHATOPS_SKILL_NAME`, `CHATOPS_SKILL_EXISTS` or `CHATOPS_WORKSPACE_READ_ONLY`.
   */
  begin(name: string): string {
    this.sectionFor(name, {});
    this.checkFree(name);
    const location = `${SKILLS_FOLDER}/${name}`;
    const file = path.join(this.folder, location, 'index.ts');
    if (existsSync(path.dirname(file))) {
      throw chatOpsError('CHATOPS_SKILL_EXISTS', { name });
    }
    const text = addSkill(this.read().text, name, location);
    writeFileAtomically(file, template(name));
    this.write(text);
    return `${location}/index.ts`;
  }

  /**
   * Looks for newer versions of what was fetched.
   *
   * @param names - which; all when there are none.
   * @throws ChatOpsError `CHATOPS_SKILL_UNKNOWN`, or what keeps one from being fetched.
   */
  async update(names: readonly string[]): Promise<({ name: string } & UpdatedSkill)[]> {
    const sections = names.length > 0 ? names.map(name => this.section(name)) : this.read().skills;
    const updated: ({ name: string } & UpdatedSkill)[] = [];
    for (const section of sections) {
      const origin = originOf(section, this.folder);
      if (origin.kind === 'repo' || origin.kind === 'package') {
        const { name, 'no-dep': noDependencies } = section;
        const result = await this.installer.update(name, origin, { dependencies: !noDependencies });
        updated.push({ name, ...result });
      }
    }
    return updated;
  }

  private read(): Configuration {
    return existsSync(this.file)
      ? readConfiguration(this.file, path.basename(this.file), readVariables(this.workspace))
      : Configuration.parse(defaultConfiguration, path.basename(this.file), {});
  }

  private write(text: string): void {
    writeFileAtomically(this.file, text);
  }

  private section(name: string): SkillSection {
    const { skills } = this.read().values;
    const section = skills.find(candidate => candidate.name === name);
    if (!section) {
      const suggestion = didYouMean(
        name,
        skills.map(candidate => candidate.name)
      );
      throw chatOpsError('CHATOPS_SKILL_UNKNOWN', { name, suggestion });
    }
    return section;
  }

  /** @throws ChatOpsError `CHATOPS_SKILL_NAME`. */
  private sectionFor(name: string, keys: object): SkillSection {
    const result = skillSchema.safeParse({ name, ...keys });
    if (!result.success) {
      throw chatOpsError('CHATOPS_SKILL_NAME', { name });
    }
    return result.data;
  }

  private checkFree(name: string): void {
    if (BUILTIN_NAMES.includes(name)) {
      throw chatOpsError('CHATOPS_SKILL_BUILTIN', { name });
    }
    if (this.read().values.skills.some(section => section.name === name)) {
      throw chatOpsError('CHATOPS_SKILL_EXISTS', { name });
    }
  }

  private listed(section: SkillSection): ListedSkill {
    const { name, enabled } = section;
    const key = (['path', 'repo', 'gist', 'package'] as const).find(
      key => section[key] !== undefined
    );
    const source = key === undefined ? undefined : section[key];
    const origin = tryOrigin(section, this.folder);
    const isFetched = origin?.kind === 'repo' || origin?.kind === 'package';
    const pinned = isFetched ? this.installer.pinned(name, origin) : undefined;
    return {
      name,
      enabled,
      from: key ?? 'chatops',
      ...(source !== undefined && { source: withoutCredentials(source) }),
      ...(pinned !== undefined && { pinned })
    };
  }

  /** A path as the configuration should say it. */
  private relative(location: string, from: string): string {
    const target = path.resolve(real(from), location);
    const relative = path.relative(real(this.folder), target);
    return (relative.startsWith('..') ? target : relative).split(path.sep).join('/');
  }
}

/** What a source is, by its form; a file or folder of that name comes first. */
function kindOf(source: string, from: string): OriginKey {
  if (/\.(tgz|tar\.gz)$/.test(source)) {
    return 'package';
  }
  if (source.startsWith('https://gist.github.com/')) {
    return 'gist';
  }
  if (/\.git\/?$|^[\w.-]+@[\w.-]+:|^(ssh|git|file|https?):\/\/|^github:/.test(source)) {
    return 'repo';
  }
  if (/^[.~/\\]/.test(source) || existsSync(path.resolve(from, source))) {
    return 'path';
  }
  if (/^[0-9a-f]{20,40}$/.test(source)) {
    return 'gist';
  }
  return /^[\w-]+\/[\w.-]+$/.test(source) ? 'repo' : 'package';
}

/** The last part of a source, without what only says that it is a skill. */
function nameFor(source: string): string {
  const last =
    source
      .replace(/[/\\]+$/, '')
      .split(/[/\\:]/)
      .at(-1) ?? '';
  return last
    .replace(/\.(git|tgz|tar\.gz|ipynb|[cm]?[jt]s)$/, '')
    .replace(/(?<=.)@.*$/, '')
    .replace(/-\d+(\.\d+)+.*$/, '')
    .replace(/^(opsdroid-|chatops-)?(skill-)?/, '');
}

function isFile(source: string, from: string): boolean {
  return !/^[a-z]+:/i.test(source) && existsSync(path.resolve(from, source));
}

/** `a/b` alone would be a repository of GitHub. */
function asLocal(location: string): string {
  return path.isAbsolute(location) ? location : `./${location}`;
}

function tryOrigin(section: SkillSection, folder: string): SkillOrigin | undefined {
  try {
    return originOf(section, folder);
  } catch {
    return undefined;
  }
}

function real(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder;
}

function template(name: string): string {
  return `import { matchRegex } from 'chatops';

export const ${identifier(name)} = matchRegex(
  /^${name}(?: (?<what>.+))?$/,
  {
    caseSensitive: false,
    description: 'Say what this command is for.',
    examples: ['${name}', '${name} something'],
    arguments: { what: 'Say what this stands for.' }
  },
  async (bot, config, message) => {
    const { what } = message.match.groups;
    await message.respond(\`\${message.user} said ${name}\${what ? \` \${what}\` : ''}.\`);
  }
);
`;
}

/** A name as TypeScript takes it: `my-skill` becomes `mySkill`. */
function identifier(name: string): string {
  return name.replace(/-+(.?)/g, (_, letter: string) => letter.toUpperCase());
}

/** A commit as people read it; a version as it is. */
export function shortPin(pinned: string): string {
  return /^[0-9a-f]{40}$/.test(pinned) ? pinned.slice(0, 10) : pinned;
}
