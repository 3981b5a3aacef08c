import { chatOpsError, type ErrorRecord } from '../../../protocol';
import { resolveFrom, type SkillSection } from '../../config';

/** Where a skill comes from, as its section says. */
export type SkillOrigin =
  | { kind: 'builtin' }
  /** A file, a folder or a notebook. */
  | { kind: 'path'; path: string; location: string }
  /** A git repository; a gist is one too. */
  | { kind: 'repo'; url: string; branch: string | undefined; key: string | undefined }
  /** A package of npm, by name and version, or as an archive. */
  | { kind: 'package'; specifier: string };

/** What is fetched from elsewhere. */
export type FetchedOrigin = Extract<SkillOrigin, { kind: 'repo' | 'package' }>;

/** The keys that say where a skill comes from. */
const ORIGIN_KEYS = ['path', 'repo', 'gist', 'package'] as const;

/**
 * Reads where a skill comes from.
 *
 * @param folder - what paths in the configuration are relative to.
 * @param place - where the configuration names the skill, for errors.
 * @throws ChatOpsError `CHATOPS_SKILL_ORIGINS` when its section names several places.
 */
export function originOf(
  section: SkillSection,
  folder: string,
  place: Pick<ErrorRecord, 'where' | 'excerpt'> = {}
): SkillOrigin {
  const { name, path, repo, gist, branch, package: specifier } = section;
  const named = ORIGIN_KEYS.filter(key => section[key] !== undefined);
  if (named.length > 1) {
    const keys = named.map(key => `\`${key}\``).join(' and ');
    throw chatOpsError('CHATOPS_SKILL_ORIGINS', { name, keys }, place);
  }
  const key = section.key_path === undefined ? undefined : resolveFrom(folder, section.key_path);
  if (path !== undefined) {
    return { kind: 'path', path, location: resolveFrom(folder, path) };
  }
  if (repo !== undefined) {
    return { kind: 'repo', url: repoUrl(repo, folder), branch, key };
  }
  if (gist !== undefined) {
    return { kind: 'repo', url: gistUrl(gist, folder), branch, key };
  }
  if (specifier !== undefined) {
    return { kind: 'package', specifier: packageSpecifier(specifier, folder) };
  }
  return { kind: 'builtin' };
}

/** An origin in one line: what a lock entry belongs to, and what people read. */
export function describeOrigin(origin: FetchedOrigin): string {
  return origin.kind === 'package'
    ? origin.specifier
    : withoutCredentials(`${origin.url}${origin.branch === undefined ? '' : `#${origin.branch}`}`);
}

/** A text without the names and passwords that stand in its addresses. */
export function withoutCredentials(text: string): string {
  return text.replace(/(https?:\/\/)[^/@\s]+@/g, '$1');
}

/** `owner/name` and `github:owner/name` are GitHub's; a path is relative to the configuration. */
function repoUrl(repo: string, folder: string): string {
  const [, short] = /^(?:github:)?([\w-]+\/[\w.-]+)$/.exec(repo) ?? [];
  if (short !== undefined && !/^[.~]/.test(repo)) {
    return `https://github.com/${short.replace(/\.git$/, '')}.git`;
  }
  return isAddress(repo) ? repo : resolveFrom(folder, repo);
}

/** A gist is a repository under its id. */
function gistUrl(gist: string, folder: string): string {
  const [, id] =
    /^(?:https:\/\/gist\.github\.com\/(?:[\w-]+\/)?)?([0-9a-f]{20,40})(?:\.git)?\/?$/.exec(gist) ??
    [];
  if (id !== undefined) {
    return `https://gist.github.com/${id}.git`;
  }
  return isAddress(gist) ? gist : resolveFrom(folder, gist);
}

function packageSpecifier(specifier: string, folder: string): string {
  const file = specifier.replace(/^file:(\/\/)?/, '');
  const isFile =
    specifier.startsWith('file:') || /^[.~/]/.test(file) || /\.(tgz|tar\.gz)$/.test(file);
  return isFile && !/^https?:/.test(specifier) ? `file:${resolveFrom(folder, file)}` : specifier;
}

/** `scheme://…`, or ssh's `user@host:path`. */
function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^[\w.-]+@[\w.-]+:/.test(text);
}
