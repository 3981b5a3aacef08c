import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chatOpsError, reasonOf } from '../../../protocol';
import { writeFileAtomically } from '../../config';
import { STATE_FOLDER } from '../../logging';
import { fileReason } from '../../file-reason';

/** The file that says which version of each fetched skill is used, in the workspace. */
export const LOCK_FILE = path.join(STATE_FOLDER, 'skills.lock.json');

/** Which version of a skill is used. */
export interface LockedSkill {
  /** Where it comes from, as in the configuration; another one makes this entry void. */
  source: string;
  /** The commit of a repository, or the version of a package. */
  pinned: string;
  /** What the package's archive must hash to. */
  integrity?: string;
}

/** The versions of fetched skills that were chosen once, and stay until someone asks for newer ones. */
export class SkillLock {
  private readonly file: string;

  constructor(private readonly workspace: string) {
    this.file = path.join(workspace, LOCK_FILE);
  }

  /** The entry of a skill, if it belongs to this source. */
  get(name: string, source: string): LockedSkill | undefined {
    const entry = this.read()[name];
    return entry?.source === source ? entry : undefined;
  }

  /** @throws ChatOpsError `CHATOPS_WORKSPACE_READ_ONLY`. */
  set(name: string, entry: LockedSkill): void {
    this.write({ ...this.read(), [name]: entry });
  }

  /** @throws ChatOpsError `CHATOPS_WORKSPACE_READ_ONLY`. */
  delete(name: string): void {
    const { [name]: gone, ...others } = this.read();
    if (gone) {
      this.write(others);
    }
  }

  private read(): Readonly<Record<string, LockedSkill>> {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch {
      return {};
    }
    try {
      const { skills } = JSON.parse(text) as { skills: Record<string, LockedSkill> };
      return skills ?? {};
    } catch (error) {
      // To go on as if nothing were pinned would fetch whatever is newest.
      throw chatOpsError('CHATOPS_SKILL_LOCK', { file: LOCK_FILE, reason: reasonOf(error) });
    }
  }

  private write(skills: Readonly<Record<string, LockedSkill>>): void {
    const sorted = Object.fromEntries(
      Object.entries(skills).toSorted(([a], [b]) => (a < b ? -1 : 1))
    );
    try {
      writeFileAtomically(
        this.file,
        `${JSON.stringify({ version: 1, skills: sorted }, null, 2)}\n`
      );
    } catch (error) {
      throw chatOpsError(
        'CHATOPS_WORKSPACE_READ_ONLY',
        {
          path: this.workspace,
          consequence: `the version of a skill cannot be noted (${fileReason(error)})`
        },
        { cause: error }
      );
    }
  }
}
