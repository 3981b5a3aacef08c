import type { TranslationBundle } from '@jupyterlab/translation';
import { fingerprint, type SkillRecord } from '../../protocol';
import { isSameSource, type SkillCell } from './skill-cell';

/** How a skill cell and the skill that is live go together. */
export type CellStateKind =
  /** Nobody knows: the bot is not there, or its files cannot be read. */
  | 'unknown'
  /** The bot has no such skill. */
  | 'new'
  /** What stands in the cell is what answers. */
  | 'live'
  /** The skill is kept from answering. */
  | 'held'
  /** The cell was edited since it ran. */
  | 'changed'
  /** What stands in the cell would not load. */
  | 'error'
  /** Another cell, or a file that this cell never wrote, is what answers. */
  | 'replaced'
  /** The file was edited elsewhere since the cell ran; running the cell would undo that. */
  | 'conflict';

/** What is known about a skill cell. */
export interface CellFacts {
  readonly cell: SkillCell;
  /** Whether the bot can be asked. */
  readonly isConnected: boolean;
  /** The skill of that name, as the bot knows it. */
  readonly record: SkillRecord | undefined;
  /** What stands in the skill's file; undefined where that is not known. */
  readonly file: string | undefined;
  /** What the cell held when it last ran well. */
  readonly ran: string | undefined;
  /** What the cell held when it last failed. */
  readonly failed: string | undefined;
  /** What other open cells of the same skill held when they last ran well. */
  readonly others: ReadonlySet<string>;
}

/** How a skill cell and the skill that is live go together. Sources are told by their fingerprints. */
export function cellStateOf(facts: CellFacts): CellStateKind {
  const { cell, isConnected, record, file, ran, failed, others } = facts;
  if (!isConnected) {
    return 'unknown';
  }
  const own = fingerprint(cell.body);
  if (own === failed) {
    return 'error';
  }
  if (!record) {
    return 'new';
  }
  if (record.state === 'held') {
    return 'held';
  }
  if (file === undefined) {
    return ran === undefined ? 'unknown' : ran === own ? 'live' : 'changed';
  }
  if (isSameSource(file, cell.body)) {
    // What ran well here is not what the newest error is about.
    return record.state === 'error' || (record.error && ran !== own) ? 'error' : 'live';
  }
  const written = fingerprint(file);
  if (written === ran) {
    return 'changed';
  }
  return ran === undefined || others.has(written) ? 'replaced' : 'conflict';
}

/** How a skill cell is doing, in a sentence. */
export function cellStateWords(
  kind: CellStateKind,
  { name }: SkillCell,
  record: SkillRecord | undefined,
  trans: TranslationBundle
): string {
  const version = record?.version ?? 0;
  switch (kind) {
    case 'unknown':
      return trans.__('%1: not connected to the bot', name);
    case 'new':
      return trans.__('%1 is not live yet', name);
    case 'live':
      return trans.__('%1 is live, version %2', name, version);
    case 'held':
      return trans.__('%1 is on hold', name);
    case 'changed':
      return trans.__('%1 changed since it ran; version %2 answers', name, version);
    case 'error':
      return version > 0
        ? trans.__('%1 would not load; version %2 answers', name, version)
        : trans.__('%1 would not load', name);
    case 'replaced':
      return trans.__('another source of %1 is live, version %2', name, version);
    case 'conflict':
      return trans.__('the file of %1 was edited elsewhere since this cell ran', name);
  }
}
