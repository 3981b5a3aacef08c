import type { CodeCell } from '@jupyterlab/cells';
import { NotebookActions, type INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import type { CommandRegistry } from '@lumino/commands';

/** The name of our kernel. */
export const KERNEL = 'chatops';

/** Where code goes. */
export type InsertPlace = 'active' | 'above' | 'below';

/** The notebook that code from the chat goes into. */
export class NotebookTarget {
  constructor(
    private readonly tracker: INotebookTracker,
    private readonly commands: CommandRegistry
  ) {}

  /** Puts code into the active cell, at the cursor, or into a new cell beside it. */
  async insert(code: string, place: InsertPlace): Promise<void> {
    const panel = await this.panel();
    const { content: notebook } = panel;
    const isEmpty = notebook.activeCell?.model.sharedModel.getSource().trim() === '';
    if (place === 'active' && notebook.activeCell) {
      const { editor } = notebook.activeCell;
      if (editor) {
        editor.replaceSelection?.(code);
      } else {
        notebook.activeCell.model.sharedModel.setSource(code);
      }
    } else {
      // A cell in which nothing stands yet is as good as a new one.
      if (!isEmpty) {
        NotebookActions[place === 'above' ? 'insertAbove' : 'insertBelow'](notebook);
      }
      notebook.activeCell!.model.sharedModel.setSource(code);
    }
    await this.showActive(panel);
  }

  /** Shows a cell, with the cursor at a place in it. @param line - counted from 1. @param column - counted from 1. */
  async goTo(panel: NotebookPanel, cell: CodeCell, line: number, column: number): Promise<void> {
    const { content: notebook } = panel;
    notebook.activeCellIndex = notebook.widgets.indexOf(cell);
    await this.showActive(panel);
    const { editor } = cell;
    if (editor) {
      const position = { line: Math.min(line, editor.lineCount) - 1, column: column - 1 };
      editor.setCursorPosition(position);
      editor.revealPosition(position);
    }
  }

  /** Shows the active cell of a notebook, with the cursor in it. */
  private async showActive(panel: NotebookPanel): Promise<void> {
    const { content: notebook } = panel;
    await this.commands.execute('application:activate-widget-by-id', { id: panel.id }).catch(() => {
      panel.activate();
    });
    const cell = notebook.activeCell!;
    await notebook.scrollToCell(cell);
    await cell.ready;
    notebook.mode = 'edit';
    cell.editor?.focus();
  }

  /** The notebook in front, or a new one of our kernel where there is none. */
  private async panel(): Promise<NotebookPanel> {
    const { currentWidget } = this.tracker;
    if (currentWidget) {
      return currentWidget;
    }
    const panel: NotebookPanel = await this.commands.execute('notebook:create-new', {
      kernelName: KERNEL
    });
    await panel.context.ready;
    await panel.revealed;
    return panel;
  }
}

/** Whether a notebook runs on our kernel. */
export function isOurs({ sessionContext, model }: NotebookPanel): boolean {
  const running = sessionContext.session?.kernel?.name;
  const { name } = (model?.getMetadata('kernelspec') ?? {}) as { name?: string };
  return (running ?? name) === KERNEL;
}
