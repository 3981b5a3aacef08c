import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { pluginIds } from '../plugin-ids';
import { IChatSettings } from '../tokens';
import { ChatSettings } from './chat-settings';

/** Reads the settings of `schema/chat.json` and keeps them up to date. */
export const settingsPlugin: JupyterFrontEndPlugin<IChatSettings> = {
  id: pluginIds.settings,
  description: 'The settings of the ChatOps chat.',
  autoStart: true,
  provides: IChatSettings,
  requires: [ISettingRegistry],
  activate: (_, registry: ISettingRegistry) =>
    new ChatSettings(() => registry.load(pluginIds.settings))
};
