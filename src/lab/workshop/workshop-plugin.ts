import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { errorWords } from '../commands/error-words';
import { commandIds } from '../command-ids';
import { chatIcon } from '../icons';
import { pluginIds, TRANSLATION_DOMAIN } from '../plugin-ids';
import { IBotLink, IChatPanel } from '../tokens';
import { widen } from './side-width';
import { asksForWorkshop, withoutWorkshop } from './workshop-address';

/** The kernel that the workshop's notebook runs in. */
const KERNEL = 'chatops';

/** The workshop beside the chat: a command, and an address that runs it. */
export const workshopPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.workshop,
  description: "Adds the command that lays the workshop's notebook beside the chat.",
  autoStart: true,
  requires: [IBotLink, IChatPanel, IDocumentManager],
  optional: [ICommandPalette, ITranslator],
  activate: activateWorkshop
};

function activateWorkshop(
  app: JupyterFrontEnd,
  link: IBotLink,
  panel: IChatPanel,
  documents: IDocumentManager,
  palette: ICommandPalette | null,
  translator: ITranslator | null
): void {
  const { commands, restored } = app;
  const bundles = translator ?? nullTranslator;
  const trans = bundles.load(TRANSLATION_DOMAIN);

  commands.addCommand(commandIds.openWorkshop, {
    label: ({ isCard }) =>
      isCard ? trans.__('ChatOps Workshop') : trans.__('Open the ChatOps Workshop'),
    caption: trans.__('Open the workshop’s notebook with the chat beside it'),
    icon: chatIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: { isCard: { type: 'boolean', description: 'Use the label of a card.' } }
      }
    },
    execute: async () => {
      try {
        await panel.reveal();
        widen(panel.widget);
        const { connection } = await link.open();
        const { notebook } = await connection.request<'workshop.open'>({
          type: 'workshop.open',
          language: bundles.languageCode
        });
        const widget = documents.openOrReveal(notebook, 'Notebook', { name: KERNEL });
        widget?.activate();
        return widget;
      } catch (error) {
        Notification.error(errorWords(error), { autoClose: false });
        return undefined;
      }
    }
  });
  palette?.addItem({ command: commandIds.openWorkshop, category: trans.__('ChatOps') });

  if (asksForWorkshop(window.location.href)) {
    void restored.then(() => {
      // A reload of the page shall not lay it all out again.
      window.history.replaceState(null, '', withoutWorkshop(window.location.href));
      return commands.execute(commandIds.openWorkshop);
    });
  }
}
