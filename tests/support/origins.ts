import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { temporaryFolder, writeFiles } from './temporary-folder';

/** A git repository on this machine. */
export class LocalRepository {
  readonly folder: string;

  constructor(files: Record<string, string>) {
    this.folder = temporaryFolder();
    this.git('init', '--quiet', '--initial-branch', 'main');
    this.commit(files);
  }

  /** Commits files; returns the commit. */
  commit(files: Record<string, string>): string {
    writeFiles(this.folder, files);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'Change it');
    return this.head();
  }

  head(ref = 'HEAD'): string {
    return this.git('rev-parse', `${ref}^{commit}`);
  }

  git(...args: string[]): string {
    const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
    return execFileSync('git', [...who, ...args], { cwd: this.folder, encoding: 'utf8' }).trim();
  }
}

/** An npm package as an archive on this machine; returns its path. */
export function packedPackage(manifest: object, files: Record<string, string>): string {
  const folder = temporaryFolder({ 'package.json': JSON.stringify(manifest), ...files });
  const output = execFileSync('npm', ['pack', '--silent', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8'
  });
  return path.join(folder, output.trim().split('\n').at(-1)!);
}

/** The source of a skill that answers `ask` with a text. */
export function answering(text: string, head = ''): string {
  return `${head}import { matchRegex } from 'chatops';
export const main = matchRegex(/^ask$/, message => message.respond(${text}));
`;
}
