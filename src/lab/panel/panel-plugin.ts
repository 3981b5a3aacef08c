import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { pluginIds, TRANSLATION_DOMAIN } from '../plugin-ids';
import { IBotLink, IChatPanel, IChatSettings } from '../tokens';
import { ChatPanel } from './chat-panel';

/** Where the panel stands among others in its side area: below JupyterLab's own. */
const RANK = 950;

/** The panel in which one talks to the bot. */
export const panelPlugin: JupyterFrontEndPlugin<IChatPanel> = {
  id: pluginIds.panel,
  description: 'Adds the panel in which one talks to the bot.',
  autoStart: true,
  provides: IChatPanel,
  requires: [IBotLink, IChatSettings, IRenderMimeRegistry],
  optional: [ILabShell, ILayoutRestorer, ITranslator],
  activate: activatePanel
};

async function activatePanel(
  { commands, restored, serviceManager, shell }: JupyterFrontEnd,
  link: IBotLink,
  settings: IChatSettings,
  rendermime: IRenderMimeRegistry,
  labShell: ILabShell | null,
  restorer: ILayoutRestorer | null,
  translator: ITranslator | null
): Promise<IChatPanel> {
  const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
  const panel: ChatPanel = new ChatPanel({
    trans,
    activate: ({ id }) => shell.activateById(id),
    restored,
    createView: async () => {
      const [{ createChatView }, current] = await Promise.all([
        import('./create-chat-view'),
        link.open()
      ]);
      return createChatView({
        link,
        current,
        settings,
        trans,
        rendermime,
        contents: serviceManager.contents,
        run: (command, args) => void commands.execute(command, args),
        onUnread: count => panel.setUnread(count)
      });
    }
  });
  await settings.ready;
  let { side } = settings.values;
  shell.add(panel, side, { rank: RANK });
  restorer?.add(panel, panel.id);
  settings.changed.connect((_, values) => {
    if (values.side !== side) {
      ({ side } = values);
      const wasVisible = panel.isVisible;
      if (labShell) {
        labShell.move(panel, side);
      } else {
        shell.add(panel, side, { rank: RANK });
      }
      if (wasVisible) {
        shell.activateById(panel.id);
      }
    }
  });
  return panel;
}
