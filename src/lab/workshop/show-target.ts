import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { WorkshopTarget } from '../../protocol';
import type { IChatPanel } from '../tokens';

/** The kernel that the workshop's notebook runs in. */
export const KERNEL = 'chatops';

/** What opening things takes. */
export interface ShowParts {
  panel: IChatPanel;
  documents: IDocumentManager;
  /** The workshop's notebook, relative to the workspace. */
  notebook: string | undefined;
  openSource(path: string, line: number): void;
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
export async function showCell(name: string, { documents, notebook }: ShowParts): Promise<void> {
  if (notebook === undefined) {
    return;
  }
  const widget = documents.openOrReveal(notebook, 'Notebook', { name: KERNEL }) as
    NotebookPanel | undefined;
  await widget?.revealed;
  const content = widget?.content;
  const index = content?.widgets.findIndex(cell => cell.model.id === name) ?? -1;
  if (content && index >= 0) {
    content.activeCellIndex = index;
    await content.scrollToItem(index, 'start');
    content.node.focus();
  }
}
