import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Widget } from '@lumino/widgets';
import type { WorkshopTarget } from '../../protocol';
import type { IChatPanel } from '../tokens';

/** The kernel that the workshop's notebook runs in. */
const KERNEL = 'chatops';

/** What opening things takes. */
export interface ShowParts {
  panel: IChatPanel;
  documents: IDocumentManager;
  /** The workshop's notebook, relative to the workspace. */
  notebook: string | undefined;
  openSource(path: string, line: number): void;
  /** Brings a widget to the front. */
  activate(widget: Widget): void;
}

/**
 * Opens a notebook, or shows the one that is open. In Jupyter Notebook, opening one that the page
 * itself shows would take it away.
 */
export function openNotebook(
  path: string,
  { documents, activate }: Pick<ShowParts, 'documents' | 'activate'>
): NotebookPanel | undefined {
  const open = documents.findWidget(path, 'Notebook');
  if (open) {
    activate(open);
  }
  return (open ?? documents.openOrReveal(path, 'Notebook', { name: KERNEL })) as
    NotebookPanel | undefined;
}

/** Opens what a step speaks of. */
export async function showTarget(target: WorkshopTarget, parts: ShowParts): Promise<void> {
  const { panel, openSource } = parts;
  if ('file' in target) {
    openSource(target.file, target.line ?? 1);
  } else if ('cell' in target) {
    await showCell(target.cell, parts);
  } else if ('panel' in target) {
    await panel.reveal();
  } else {
    await panel.reveal();
    const chips = panel.widget.node.querySelectorAll<HTMLElement>(
      '[data-from="self"] .jp-ChatOps-chip[aria-expanded]'
    );
    const newest = [...chips].at(-1);
    newest?.scrollIntoView({ block: 'center' });
    newest?.focus();
    if (newest?.getAttribute('aria-expanded') === 'false') {
      newest.click();
    }
  }
}

/** Opens the workshop's notebook at a cell, by the cell's name. */
export async function showCell(name: string, parts: ShowParts): Promise<void> {
  const { notebook } = parts;
  if (notebook === undefined) {
    return;
  }
  const widget = openNotebook(notebook, parts);
  await widget?.revealed;
  const content = widget?.content;
  const index = content?.widgets.findIndex(cell => cell.model.id === name) ?? -1;
  if (content && index >= 0) {
    content.activeCellIndex = index;
    await content.scrollToItem(index, 'start');
    content.node.focus();
  }
}
