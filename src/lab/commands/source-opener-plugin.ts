import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { CodeEditor } from '@jupyterlab/codeeditor';
import { IDocumentManager } from '@jupyterlab/docmanager';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { commandIds } from '../command-ids';
import { pluginIds, TRANSLATION_DOMAIN } from '../plugin-ids';

const describedArguments = {
  type: 'object',
  required: ['path'],
  properties: {
    path: { type: 'string', description: 'The file, relative to the workspace.' },
    line: { type: 'integer', minimum: 1, description: 'The line, counted from 1.' },
    column: { type: 'integer', minimum: 1, description: 'The column, counted from 1.' }
  }
} as const;

/** Opens the files that errors and traces point into. */
export const sourceOpenerPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.sourceOpener,
  description: 'Adds the command that opens a file at a line.',
  autoStart: true,
  requires: [IDocumentManager],
  optional: [ITranslator],
  activate: (
    { commands }: JupyterFrontEnd,
    documents: IDocumentManager,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    commands.addCommand(commandIds.openSource, {
      label: trans.__('Open a File at a Line'),
      describedBy: { args: describedArguments },
      execute: async ({ path, line = 1, column = 1 }) => {
        const file = String(path);
        try {
          await documents.services.contents.get(file, { content: false });
        } catch {
          Notification.warning(trans.__('%1 does not exist (any more).', file), {
            autoClose: 5000
          });
          return;
        }
        const widget = documents.openOrReveal(file, 'Editor') ?? documents.openOrReveal(file);
        await widget?.context.ready;
        goTo(widget, Number(line) - 1, Number(column) - 1);
      }
    });
  }
};

function goTo(widget: IDocumentWidget | undefined, line: number, column: number): void {
  const { editor } = (widget?.content ?? {}) as { editor?: CodeEditor.IEditor };
  if (editor) {
    const position = { line: Math.min(line, editor.lineCount - 1), column };
    editor.setCursorPosition(position);
    editor.revealPosition(position);
    editor.focus();
  }
}
