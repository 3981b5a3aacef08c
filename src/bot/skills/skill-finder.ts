import { readFileSync, statSync } from 'node:fs';
import type { ErrorRecord, SkillSource } from '../../protocol';
import { displayPath, type SkillSection } from '../config';
import { findEntry } from './skill-source';
import {
  describeOrigin,
  entryInFolder,
  isNotebook,
  notebookSource,
  originOf,
  SkillInstaller,
  type Progress
} from './sources';

/** A skill whose files are there. */
export interface FoundSkill {
  source: SkillSource;
  /** Its file or folder, as an absolute path. */
  location: string;
  /** The file it begins with. */
  entry: string;
  /** The source, where it is not the whole of that file. */
  text?: string;
}

/** Says where the configuration names a skill, or one of its keys. */
export type PlaceOf = (key?: string) => Pick<ErrorRecord, 'where' | 'excerpt'>;

/** Finds the files of skills, wherever they come from, and fetches those that are not there yet. */
export class SkillFinder {
  private readonly installer: SkillInstaller;

  /**
   * @param workspace - the bot's folder, as an absolute path.
   * @param tell - told what takes time.
   */
  constructor(
    private readonly workspace: string,
    tell?: Progress
  ) {
    this.installer = new SkillInstaller(workspace, tell);
  }

  /**
   * The files of a skill; nothing for what comes with ChatOps.
   *
   * @param folder - what paths in the configuration are relative to.
   * @throws ChatOpsError for what is not there or cannot be fetched.
   */
  async find(
    section: SkillSection,
    folder: string,
    placeOf: PlaceOf
  ): Promise<FoundSkill | undefined> {
    const { name } = section;
    const origin = originOf(section, folder, placeOf());
    if (origin.kind === 'builtin') {
      return undefined;
    }
    if (origin.kind === 'path') {
      const entry = findEntry(name, origin.location, placeOf('path'));
      if (!section['no-dep'] && isFolder(origin.location)) {
        await this.installer.completeFolder(name, origin.location);
      }
      const source = { kind: 'path', path: origin.path } as const;
      return { source, location: origin.location, entry, ...this.textOf(name, entry) };
    }
    const installed = await this.installer.ensure(name, origin, {
      dependencies: !section['no-dep']
    });
    const entry = entryInFolder(name, installed.folder);
    const { kind } = origin;
    return {
      source: { kind, path: describeOrigin(origin), pinned: installed.pinned },
      location: installed.folder,
      entry,
      ...this.textOf(name, entry)
    };
  }

  private textOf(name: string, entry: string): { text?: string } {
    return isNotebook(entry)
      ? {
          text: notebookSource(
            name,
            readFileSync(entry, 'utf8'),
            displayPath(this.workspace, entry)
          )
        }
      : {};
  }
}

function isFolder(location: string): boolean {
  return statSync(location, { throwIfNoEntry: false })?.isDirectory() === true;
}
