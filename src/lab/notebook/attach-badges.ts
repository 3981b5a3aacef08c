import type { INotebookTracker, Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { CodeCell } from '@jupyterlab/cells';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { PanelLayout } from '@lumino/widgets';
import type { IBotLink } from '../tokens';
import type { BadgeActions, CellBadge } from './cell-badge';
import { parseSkillCell } from './skill-cell';
import { isCodeCell, type SkillCells } from './skill-cells';

/** Puts a badge on each skill cell of each notebook, as soon as it is one. */
export function attachBadges(
  tracker: INotebookTracker,
  link: IBotLink,
  cells: SkillCells,
  trans: TranslationBundle,
  actions: BadgeActions
): void {
  const badges = new WeakMap<CodeCell, CellBadge>();
  const waiting = new WeakSet<CodeCell>();

  const attach = async (cell: CodeCell): Promise<void> => {
    // Both come with the first skill cell; who has none, needs neither.
    const [{ CellBadge }] = await Promise.all([import('./cell-badge'), cell.ready]);
    void link.open().catch(() => undefined);
    if (!cell.isDisposed && !badges.has(cell)) {
      const badge = new CellBadge({ cell, cells, trans, actions });
      badges.set(cell, badge);
      cell.disposed.connect(() => badge.dispose());
      const layout = cell.layout as PanelLayout;
      const input = layout.widgets.findIndex(({ node }) =>
        node.classList.contains('jp-Cell-inputWrapper')
      );
      layout.insertWidget(input + 1, badge);
    }
  };
  const look = (cell: CodeCell): void => {
    const isSkill = parseSkillCell(cell.model.sharedModel.getSource()) !== undefined;
    if (isSkill && !badges.has(cell)) {
      void attach(cell);
    }
  };
  const watch = ({ widgets }: Notebook): void => {
    for (const cell of widgets) {
      if (isCodeCell(cell) && !waiting.has(cell)) {
        waiting.add(cell);
        cell.model.contentChanged.connect(() => look(cell));
        look(cell);
      }
    }
  };
  const follow = ({ content, context }: NotebookPanel): void => {
    const onCells = (): void => watch(content);
    void context.ready.then(() => {
      content.model?.cells.changed.connect(onCells);
      content.modelContentChanged.connect(onCells);
      onCells();
    });
  };
  tracker.forEach(follow);
  tracker.widgetAdded.connect((_, panel) => follow(panel));
}
