import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { pluginIds, TRANSLATION_DOMAIN } from '../plugin-ids';
import type { ChatSettingValues } from '../settings/chat-settings';
import { IBotLink, IChatPanel, IChatSettings } from '../tokens';
import { ChatPanel } from './chat-panel';
import { UnseenNotifier } from './unseen-notifier';

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
  const notifier = new UnseenNotifier({
    trans,
    isWanted: () => settings.values.notifications,
    isVisible: () => panel.isVisible && document.visibilityState === 'visible',
    open: () => void panel.reveal()
  });
  const place = (side: ChatSettingValues['side']): void => {
    // Among documents it is a tab like theirs; on a side, an icon says enough.
    panel.title.label = side === 'main' ? trans.__('Chat') : '';
    panel.title.closable = side === 'main';
    shell.add(panel, side, { rank: RANK, activate: false });
  };
  const panel: ChatPanel = new ChatPanel({
    trans,
    activate: ({ id, isAttached }) => {
      if (!isAttached) {
        // In the main area it is a tab, and someone closed it.
        place(settings.values.side);
      }
      shell.activateById(id);
    },
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
        run: (command, args) => {
          const isThere = commands.hasCommand(command);
          if (isThere) {
            void commands.execute(command, args);
          }
          return isThere;
        },
        onUnread: count => {
          panel.setUnread(count);
          notifier.setUnread(count);
        },
        onArrived: arrival => notifier.tell(arrival)
      });
    }
  });
  await settings.ready;
  let { side } = settings.values;
  place(side);
  restorer?.add(panel, panel.id);
  settings.changed.connect((_, values) => {
    if (values.side !== side) {
      const before = side;
      ({ side } = values);
      const wasVisible = panel.isVisible;
      if (labShell && side !== 'main' && before !== 'main') {
        labShell.move(panel, side);
      } else {
        place(side);
      }
      if (wasVisible) {
        shell.activateById(panel.id);
      }
    }
  });
  return panel;
}
