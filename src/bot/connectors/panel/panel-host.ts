import type { Engine, Journal, Place } from '../../../engine';
import type { ErrorRecord, SkillChange } from '../../../protocol';
import type { Secrets } from '../../config';
import type { SavedSkill } from '../../skills';
import type { WorkshopDesk } from '../../workshop';

/** The name of the connector through which the panel, kernels and terminals talk to the bot. */
export const PANEL = 'panel';

/** A configuration that was put into force. */
export interface SavedConfiguration {
  /** The file, relative to the workspace when it is inside. */
  file: string;
  changes: SkillChange[];
  warnings: ErrorRecord[];
}

/** What the panel's clients ask of the bot. */
export interface PanelHost {
  readonly name: string;
  readonly version: string;
  readonly workspace: string;
  readonly engine: Engine;
  readonly journal: Journal;
  readonly secrets: Secrets;
  /** True once someone told the bot to stop. */
  readonly isQuitting: boolean;
  /** Resolves when the skills have been loaded for the first time. */
  readonly started: Promise<void>;
  /** Browsers may speak as other people. */
  readonly speakAs: boolean;
  /** Somebody is about to write skills, which shall find everything ready for them. */
  expectSkills(): void;
  /** What is wrong with the configuration and does not keep the bot from working. */
  warnings(): ErrorRecord[];
  /** @param known - the fingerprints of what may stand in the file; anything, when absent. */
  saveSkill(
    name: string,
    source: string,
    known?: readonly string[]
  ): Promise<SavedSkill & { configured: boolean }>;
  reloadSkills(names?: string[]): Promise<SkillChange[]>;
  holdSkill(name: string, by: string): Promise<SkillChange>;
  releaseSkill(name: string): Promise<SkillChange>;
  saveConfiguration(source: string): Promise<SavedConfiguration>;
  logTail(lines: number): string[];
  readonly workshop: WorkshopDesk;
}

/** A room of the panel. */
export function placeOf(room: string): Place {
  return { connector: PANEL, room };
}
