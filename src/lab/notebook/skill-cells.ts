import type { Cell, CodeCell, ICodeCellModel } from '@jupyterlab/cells';
import {
  NotebookActions,
  type INotebookTracker,
  type KernelError,
  type NotebookPanel
} from '@jupyterlab/notebook';
import { Signal, type ISignal } from '@lumino/signaling';
import { fingerprint, type ErrorCode, type SkillRecord } from '../../protocol';
import type { IBotLink } from '../tokens';
import { cellStateOf, type CellStateKind } from './cell-state';
import { parseSkillCell, type SkillCell } from './skill-cell';
import { skillOf, type SkillFiles } from './skill-files';

/** The error of a bot that would have to write over what was edited elsewhere. */
export const CONFLICT: ErrorCode = 'CHATOPS_SKILL_CONFLICT';

/** Where a cell's metadata say what it held when it last ran, and what it may write over. */
const METADATA = 'chatops';

/** A skill cell of an open notebook, with all that is known about it. */
export interface OpenSkillCell {
  readonly panel: NotebookPanel;
  readonly cell: CodeCell;
  readonly skill: SkillCell;
}

/** What a skill cell shows of itself. */
export interface SkillCellState {
  readonly skill: SkillCell;
  readonly kind: CellStateKind;
  readonly record: SkillRecord | undefined;
  /** What stands in the skill's file. */
  readonly file: string | undefined;
}

/** The skill cells of all open notebooks: which there are, how they are doing, and when they ran. */
export class SkillCells {
  private readonly changedSignal = new Signal<this, void>(this);
  /** What a cell held when it last failed, by its model. */
  private readonly failures = new WeakMap<ICodeCellModel, string>();

  constructor(
    private readonly tracker: INotebookTracker,
    private readonly link: IBotLink,
    readonly files: SkillFiles
  ) {
    NotebookActions.executionScheduled.connect(this.onScheduled, this);
    NotebookActions.executed.connect(this.onExecuted, this);
    files.changed.connect(this.touch, this);
    link.statusChanged.connect(this.touch, this);
    document.addEventListener('visibilitychange', this.onVisibility);
  }

  /** Something about some cell may be different now. */
  get changed(): ISignal<this, void> {
    return this.changedSignal;
  }

  /** Every skill cell that is open; those of the notebook in front come first. */
  list(): OpenSkillCell[] {
    const open: OpenSkillCell[] = [];
    this.tracker.forEach(panel => {
      const found = panel.content.widgets.flatMap(cell => {
        const skill = isCodeCell(cell) && parseSkillCell(cell.model.sharedModel.getSource());
        return skill ? [{ panel, cell: cell as CodeCell, skill }] : [];
      });
      open.splice(panel === this.tracker.currentWidget ? 0 : open.length, 0, ...found);
    });
    return open;
  }

  /** How a cell is doing; undefined where it is no skill cell. */
  stateOf(cell: CodeCell): SkillCellState | undefined {
    const skill = parseSkillCell(cell.model.sharedModel.getSource());
    if (!skill) {
      return undefined;
    }
    const { status } = this.link;
    const record = skillOf(status, skill.name);
    const file = this.files.textOf(record);
    const kind = cellStateOf({
      cell: skill,
      isConnected: status.state === 'connected',
      record,
      file,
      ran: ranOf(cell, skill.name),
      failed: this.failures.get(cell.model),
      others: this.ranElsewhere(cell, skill.name)
    });
    return { skill, kind, record, file };
  }

  /** Notes that what stands in a cell now is what its file holds. */
  noteRan(cell: CodeCell, skill: SkillCell): void {
    this.failures.delete(cell.model);
    cell.model.setMetadata(METADATA, { skill: skill.name, ran: fingerprint(skill.body) });
    this.changedSignal.emit();
  }

  /** Notes that what stands in a cell now would not load. */
  noteFailed(cell: CodeCell, skill: SkillCell): void {
    this.failures.set(cell.model, fingerprint(skill.body));
    this.changedSignal.emit();
  }

  /** The bot would not write a cell over what was edited elsewhere: what that is, is read and shown. */
  noteConflict(cell: CodeCell): void {
    this.failures.delete(cell.model);
    this.files.refresh();
    this.changedSignal.emit();
  }

  /**
   * What running a cell may write over: the file as its state here was told by, but not as it was edited
   * since without anybody having seen it.
   *
   * @returns a fingerprint; undefined where nothing is known of the file.
   */
  baseOf({ name }: SkillCell): string | undefined {
    const file = this.files.textOf(skillOf(this.link.status, name));
    return file === undefined ? undefined : fingerprint(file);
  }

  dispose(): void {
    NotebookActions.executionScheduled.disconnect(this.onScheduled, this);
    NotebookActions.executed.disconnect(this.onExecuted, this);
    document.removeEventListener('visibilitychange', this.onVisibility);
    this.files.dispose();
    Signal.clearData(this);
  }

  private ranElsewhere(cell: CodeCell, name: string): ReadonlySet<string> {
    return new Set(
      this.list().flatMap(({ cell: other, skill }) =>
        other !== cell && skill.name === name ? (ranOf(other, name) ?? []) : []
      )
    );
  }

  /** A kernel is sent a cell's metadata along with it, and ours hands the base on to the bot. */
  private onScheduled(_: unknown, { cell }: { cell: Cell }): void {
    const skill = isCodeCell(cell) && parseSkillCell(cell.model.sharedModel.getSource());
    const base = skill && this.baseOf(skill);
    if (base) {
      const known = (cell.model.getMetadata(METADATA) ?? {}) as Record<string, string>;
      cell.model.setMetadata(METADATA, { ...known, base });
    }
  }

  private onExecuted(
    _: unknown,
    { cell, success, error }: { cell: Cell; success: boolean; error?: KernelError | null }
  ): void {
    const skill = isCodeCell(cell) && parseSkillCell(cell.model.sharedModel.getSource());
    // Another kernel may know another `%%skill`; whether ours ran, the file will tell.
    if (skill && isCodeCell(cell)) {
      if (success) {
        this.noteRan(cell, skill);
      } else if (error?.errorName === CONFLICT) {
        this.noteConflict(cell);
      } else {
        this.noteFailed(cell, skill);
      }
    }
  }

  private readonly onVisibility = (): void => {
    if (document.visibilityState === 'visible') {
      this.files.refresh();
    }
  };

  private touch(): void {
    this.changedSignal.emit();
  }
}

/** Whether a cell holds code. */
export function isCodeCell(cell: Cell | null | undefined): cell is CodeCell {
  return cell?.model.type === 'code';
}

/** What a cell held when it last ran as this skill. */
function ranOf({ model }: CodeCell, name: string): string | undefined {
  const { skill, ran } = (model.getMetadata(METADATA) ?? {}) as { skill?: unknown; ran?: unknown };
  return skill === name && typeof ran === 'string' ? ran : undefined;
}
