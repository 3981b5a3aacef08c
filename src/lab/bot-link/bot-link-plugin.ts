import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import { DEFAULT_ROOM } from '../../protocol';
import { pluginIds } from '../plugin-ids';
import { IBotLink, IChatSettings } from '../tokens';
import { BotLink } from './bot-link';
import { browserStorage } from './page-store';

/** Provides the page's one way to the bot. */
export const botLinkPlugin: JupyterFrontEndPlugin<IBotLink> = {
  id: pluginIds.botLink,
  description: 'Provides the connection to the bot, shared by everything on the page.',
  autoStart: true,
  provides: IBotLink,
  requires: [IChatSettings],
  activate: ({ serviceManager }: JupyterFrontEnd, settings: IChatSettings) =>
    new BotLink({
      settings,
      serverSettings: serviceManager.serverSettings,
      workspace: PageConfig.getOption('serverRoot'),
      rooms: [DEFAULT_ROOM],
      storage: browserStorage()
    })
};
