import { mkdirSync } from 'node:fs';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { SkillOrigin } from './skill-origin';
import { ProgramFailure, runProgram } from './program';

type Repository = Extract<SkillOrigin, { kind: 'repo' }>;

/** What git takes from its surroundings that would make it work on another repository. */
const FOREIGN = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY'];

/**
 * The commit that a repository's branch stands at now.
 *
 * @throws ProgramFailure, or ChatOpsError `CHATOPS_PROGRAM_MISSING`.
 */
export async function newestCommit(repository: Repository, cwd: string): Promise<string> {
  const { url, branch } = repository;
  const wanted =
    branch === undefined
      ? ['HEAD']
      : [`refs/heads/${branch}`, `refs/tags/${branch}^{}`, `refs/tags/${branch}`];
  const output = await git(repository, ['ls-remote', '--', url, ...wanted], cwd);
  const commits = new Map(
    output
      .trim()
      .split('\n')
      .map(line => line.split('\t').toReversed() as [string, string])
  );
  for (const ref of wanted) {
    const commit = commits.get(ref);
    if (commit) {
      return commit;
    }
  }
  throw new ProgramFailure(
    branch === undefined ? 'the repository is empty' : `there is no branch or tag ${branch}`
  );
}

/**
 * Puts the files of one commit into a new folder.
 *
 * @throws ProgramFailure, or ChatOpsError `CHATOPS_PROGRAM_MISSING`.
 */
export async function checkOut(
  repository: Repository,
  commit: string,
  folder: string
): Promise<void> {
  const { url, branch } = repository;
  mkdirSync(folder, { recursive: true });
  await git(repository, ['init', '--quiet'], folder);
  try {
    await git(
      repository,
      ['fetch', '--quiet', '--depth', '1', '--no-tags', '--', url, commit],
      folder
    );
  } catch {
    // Older servers hand out what a name points to and nothing else: then all of its history.
    const refs = branch === undefined ? ['HEAD'] : [branch];
    await git(repository, ['fetch', '--quiet', '--no-tags', '--', url, ...refs], folder);
  }
  await git(repository, ['checkout', '--quiet', '--detach', commit, '--'], folder);
  // What is used is pinned by the lock file; a repository within the workspace's own would only confuse.
  rmSync(path.join(folder, '.git'), { recursive: true, force: true });
}

function git({ key }: Repository, args: readonly string[], cwd: string): Promise<string> {
  const safe = [
    '-c',
    'core.hooksPath=/dev/null',
    '-c',
    'protocol.version=2',
    '-c',
    'advice.detachedHead=false'
  ];
  const ssh = `ssh -o BatchMode=yes${key === undefined ? '' : ` -o IdentitiesOnly=yes -i ${quoted(key)}`}`;
  return runProgram('git', [...safe, ...args], {
    cwd,
    env: {
      ...Object.fromEntries(FOREIGN.map(name => [name, undefined])),
      // It asks nobody, and speaks no protocol that runs programs.
      GIT_TERMINAL_PROMPT: '0',
      GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
      GIT_LFS_SKIP_SMUDGE: '1',
      LC_ALL: 'C',
      ...((key !== undefined || process.env.GIT_SSH_COMMAND === undefined) && {
        GIT_SSH_COMMAND: ssh
      })
    }
  });
}

/** A word for the shell that git starts ssh with. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
