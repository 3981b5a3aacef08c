import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { Dialog, ICommandPalette, Notification, showDialog } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';
import { errorWords } from '../commands/error-words';
import { commandIds } from '../command-ids';
import { chatIcon } from '../icons';
import { pluginIds, TRANSLATION_DOMAIN } from '../plugin-ids';
import { IBotLink, IChatPanel } from '../tokens';
import { openNotebook, showCell, showTarget, type ShowParts } from './show-target';
import { widen } from './side-width';
import { StepsPanel } from './steps-panel';
import type { StepsView } from './steps-view';
import { asksForWorkshop, withoutWorkshop } from './workshop-address';

/** Where the steps stand among others in the left area: below JupyterLab's own. */
const RANK = 960;

/** The workshop beside the chat: its steps, a command, and an address that runs it. */
export const workshopPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.workshop,
  description: "Adds the workshop's steps, and the command that lays its notebook beside the chat.",
  autoStart: true,
  requires: [IBotLink, IChatPanel, IDocumentManager],
  optional: [ICommandPalette, ITranslator, ILayoutRestorer],
  activate: activateWorkshop
};

function activateWorkshop(
  app: JupyterFrontEnd,
  link: IBotLink,
  panel: IChatPanel,
  documents: IDocumentManager,
  palette: ICommandPalette | null,
  translator: ITranslator | null,
  restorer: ILayoutRestorer | null
): void {
  const { commands, restored, shell } = app;
  const bundles = translator ?? nullTranslator;
  const trans = bundles.load(TRANSLATION_DOMAIN);
  const language = bundles.languageCode;

  const steps = new StepsPanel(trans, () => createView());
  shell.add(steps, 'left', { rank: RANK });
  restorer?.add(steps, steps.id);

  const activate = ({ id }: Widget): void => shell.activateById(id);

  const createView = async (): Promise<StepsView> => {
    const [{ StepsView }, { WorkshopModel }] = await Promise.all([
      import('./steps-view'),
      import('./workshop-model')
    ]);
    const model = new WorkshopModel(link, language);
    void model.open();
    const parts = (): ShowParts => ({
      panel,
      documents,
      notebook: model.state.workshop?.notebook,
      openSource: (path, line) => void commands.execute(commandIds.openSource, { path, line }),
      activate
    });
    return new StepsView({
      model,
      bundle: trans,
      show: target => void showTarget(target, parts()),
      read: async step => {
        await openWorkshop();
        await showCell(`step-${step}`, parts());
      },
      confirm
    });
  };

  /** Puts the workshop's files into the workspace where they are missing, and opens the notebook. */
  const openWorkshop = async () => {
    const { connection } = await link.open();
    const { notebook } = await connection.request<'workshop.open'>({
      type: 'workshop.open',
      language
    });
    return openNotebook(notebook, { documents, activate });
  };

  commands.addCommand(commandIds.showSteps, {
    label: trans.__('Show the Workshop’s Steps'),
    caption: trans.__('Show where you are in the workshop'),
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => shell.activateById(steps.id)
  });
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
        shell.activateById(steps.id);
        const widget = await openWorkshop();
        widget?.activate();
        return widget;
      } catch (error) {
        Notification.error(errorWords(error), { autoClose: false });
        return undefined;
      }
    }
  });
  for (const command of [commandIds.openWorkshop, commandIds.showSteps]) {
    palette?.addItem({ command, category: trans.__('ChatOps') });
  }

  if (asksForWorkshop(window.location.href)) {
    void restored.then(() => {
      // A reload of the page shall not lay it all out again.
      window.history.replaceState(null, '', withoutWorkshop(window.location.href));
      return commands.execute(commandIds.openWorkshop);
    });
  }
}

async function confirm(
  title: string,
  body: string,
  { cancel, go }: { cancel: string; go: string }
): Promise<boolean> {
  const { button } = await showDialog({
    title,
    body,
    buttons: [Dialog.cancelButton({ label: cancel }), Dialog.warnButton({ label: go })]
  });
  return button.accept;
}
