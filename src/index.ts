import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { botLinkPlugin } from './lab/bot-link/bot-link-plugin';
import { chatCommandsPlugin } from './lab/commands/chat-commands-plugin';
import { conversationPlugin } from './lab/commands/conversation-plugin';
import { sourceOpenerPlugin } from './lab/commands/source-opener-plugin';
import { launcherPlugin } from './lab/launcher/launcher-plugin';
import { notebookPlugin } from './lab/notebook/notebook-plugin';
import { panelPlugin } from './lab/panel/panel-plugin';
import { settingsPlugin } from './lab/settings/settings-plugin';
import { statusBarPlugin } from './lab/status-bar/status-bar-plugin';
import { workshopPlugin } from './lab/workshop/workshop-plugin';

/** The plugins that JupyterLab loads. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [
  settingsPlugin,
  botLinkPlugin,
  panelPlugin,
  chatCommandsPlugin,
  conversationPlugin,
  sourceOpenerPlugin,
  notebookPlugin,
  workshopPlugin,
  launcherPlugin,
  statusBarPlugin
];

export default plugins;
