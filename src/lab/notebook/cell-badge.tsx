import type { CodeCell } from '@jupyterlab/cells';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { cellStateWords, type CellStateKind } from './cell-state';
import type { SkillCells, SkillCellState } from './skill-cells';

/** What a person can do about a skill cell. */
export interface BadgeActions {
  run(cell: CodeCell): void;
  compare(cell: CodeCell): void;
  /** Puts what stands in the skill's file into the cell. */
  takeOver(cell: CodeCell): void;
  /** Lets a skill that is on hold answer again. */
  release(skill: string): void;
  /** Puts the skill's first example into the input of the chat. */
  tryOut(text: string): void;
}

/** What a badge is made of. */
export interface CellBadgeOptions {
  cell: CodeCell;
  cells: SkillCells;
  trans: TranslationBundle;
  actions: BadgeActions;
}

/** Says below a skill cell how it and the live skill go together, and offers what can be done about it. */
export class CellBadge extends ReactWidget {
  private state: SkillCellState | undefined;

  constructor(private readonly options: CellBadgeOptions) {
    super();
    this.addClass('jp-ChatOps-cell');
    options.cells.changed.connect(this.refresh, this);
    options.cell.model.contentChanged.connect(this.refresh, this);
    this.refresh();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.options.cells.changed.disconnect(this.refresh, this);
      this.options.cell.model?.contentChanged.disconnect(this.refresh, this);
      super.dispose();
    }
  }

  protected override render(): React.JSX.Element | null {
    const { cell, trans, actions } = this.options;
    return this.state ? (
      <Badge state={this.state} cell={cell} trans={trans} actions={actions} />
    ) : null;
  }

  protected override onBeforeAttach(message: Message): void {
    super.onBeforeAttach(message);
    this.refresh();
  }

  private refresh(): void {
    const { cell, cells } = this.options;
    if (cell.isDisposed) {
      return;
    }
    this.state = cells.stateOf(cell);
    this.setHidden(this.state === undefined);
    cell.toggleClass('jp-mod-chatopsSkill', this.state !== undefined);
    if (this.state) {
      cell.node.dataset.chatopsSkill = this.state.kind;
    } else {
      delete cell.node.dataset.chatopsSkill;
    }
    this.update();
  }
}

/** What is offered in which state. */
const OFFERS: Record<
  CellStateKind,
  readonly ('run' | 'compare' | 'takeOver' | 'keep' | 'tryOut' | 'release')[]
> = {
  unknown: [],
  new: ['run'],
  live: ['tryOut'],
  held: ['release'],
  changed: ['run', 'compare'],
  error: [],
  replaced: ['compare', 'run'],
  conflict: ['compare', 'takeOver', 'keep']
};

function Badge({
  state: { skill, kind, record },
  cell,
  trans,
  actions
}: {
  state: SkillCellState;
  cell: CodeCell;
  trans: TranslationBundle;
  actions: BadgeActions;
}): React.JSX.Element {
  const example = record?.matchers.flatMap(({ examples = [] }) => examples)[0];
  const offers = {
    run: { label: trans.__('Run'), run: () => actions.run(cell) },
    compare: { label: trans.__('Show the difference'), run: () => actions.compare(cell) },
    takeOver: { label: trans.__('Take the file’s version'), run: () => actions.takeOver(cell) },
    keep: { label: trans.__('Keep the cell’s and run it'), run: () => actions.run(cell) },
    release: { label: trans.__('Release'), run: () => actions.release(skill.name) },
    tryOut: { label: trans.__('Try it in the chat'), run: () => actions.tryOut(example ?? '') }
  };
  return (
    <fieldset
      className="jp-ChatOps-skillBadge"
      aria-label={trans.__('Skill %1', skill.name)}
      data-state={kind}
    >
      <span className="jp-ChatOps-skillDot" aria-hidden="true" />
      <output>{cellStateWords(kind, skill, record, trans)}</output>
      {OFFERS[kind].map(name => (
        <button
          key={name}
          type="button"
          className="jp-ChatOps-skillButton"
          onClick={offers[name].run}
        >
          {offers[name].label}
        </button>
      ))}
    </fieldset>
  );
}
