import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { commandIds } from '../command-ids';
import { pluginIds, TRANSLATION_DOMAIN } from '../plugin-ids';
import { IBotLink } from '../tokens';
import { StatusItem } from './status-item';

/** How the bot is, in the status bar. */
export const statusBarPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.statusBar,
  description: 'Shows in the status bar how the bot is and how many skills are live.',
  autoStart: true,
  requires: [IBotLink],
  optional: [IStatusBar, ITranslator],
  activate: (
    { commands }: JupyterFrontEnd,
    link: IBotLink,
    statusBar: IStatusBar | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    statusBar?.registerStatusItem(pluginIds.statusBar, {
      item: new StatusItem(link, trans, () => void commands.execute(commandIds.openChat)),
      align: 'right',
      rank: 100
    });
  }
};
