import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { skillFile, type TestRun } from '../../workshop';
import { runTestFile } from '../test-files';
import { readText } from './bot-world';

/** Where the skills of a workspace lie. */
const SKILLS = 'skills';

/** So many results are remembered. */
const MOST = 50;

/** Runs files of tests for the steps that ask for it, once for each version of them and of the skills. */
export class SkillTests {
  private readonly known = new Map<string, Promise<TestRun>>();

  /** @param programs - the folder of the built programs. */
  constructor(
    private readonly workspace: string,
    private readonly programs: string
  ) {}

  /**
   * Runs a file of tests.
   *
   * @param file - relative to the workspace.
   * @param instead - sources that stand in the place of skills, by the skills' names. They are put
   * into a copy: the workspace stays as it is.
   */
  async run(file: string, instead: Readonly<Record<string, string>>): Promise<TestRun> {
    const key = JSON.stringify([file, instead, await this.textOf(file), await this.skillTexts()]);
    const known = this.known.get(key);
    if (known) {
      return known;
    }
    const run =
      Object.keys(instead).length === 0
        ? runTestFile(this.programs, this.workspace, file)
        : this.runInCopy(file, instead);
    this.known.set(key, run);
    if (this.known.size > MOST) {
      this.known.delete(this.known.keys().next().value!);
    }
    return run;
  }

  private async runInCopy(
    file: string,
    instead: Readonly<Record<string, string>>
  ): Promise<TestRun> {
    const folder = await mkdtemp(path.join(tmpdir(), 'chatops-tests-'));
    try {
      const copied = async (name: string): Promise<void> =>
        cp(path.join(this.workspace, name), path.join(folder, name), { recursive: true });
      // With the helpers that lie beside it, where it has a folder of its own.
      await copied(path.dirname(file) === '.' ? file : path.dirname(file));
      await copied(SKILLS).catch(() => undefined);
      // What tests import from packages is found from the copy, too.
      const packages = path.join(this.workspace, 'node_modules');
      await symlink(packages, path.join(folder, 'node_modules'), 'junction').catch(() => undefined);
      for (const [name, source] of Object.entries(instead)) {
        const target = path.join(folder, skillFile(name));
        await rm(path.dirname(target), { recursive: true, force: true });
        await mkdir(path.dirname(target), { recursive: true });
        await writeFile(target, source);
      }
      return await runTestFile(this.programs, folder, file);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    }
  }

  private async skillTexts(): Promise<[string, string | undefined][]> {
    const entries = await readdir(path.join(this.workspace, SKILLS), {
      recursive: true,
      withFileTypes: true
    }).catch(() => []);
    const files = entries
      .filter(entry => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
      .map(entry => path.join(entry.parentPath, entry.name))
      .toSorted();
    return Promise.all(
      files.map(async (file): Promise<[string, string | undefined]> => [file, await readText(file)])
    );
  }

  private textOf(file: string): Promise<string | undefined> {
    return readText(path.join(this.workspace, file));
  }
}
