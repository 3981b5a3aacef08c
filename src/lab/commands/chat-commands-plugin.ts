import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { refreshIcon } from '@jupyterlab/ui-components';
import { commandIds } from '../command-ids';
import { chatIcon } from '../icons';
import { pluginIds, TRANSLATION_DOMAIN } from '../plugin-ids';
import { IBotLink, IChatPanel } from '../tokens';
import { noArguments } from './arguments';
import { errorWords } from './error-words';

/** The commands that concern the chat and the bot. */
export const chatCommandsPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.commands,
  description: 'Adds the commands that open the chat, reload skills and connect to the bot.',
  autoStart: true,
  requires: [IChatPanel, IBotLink],
  optional: [ICommandPalette, ITranslator],
  activate: activateCommands
};

function activateCommands(
  { commands, shell }: JupyterFrontEnd,
  panel: IChatPanel,
  link: IBotLink,
  palette: ICommandPalette | null,
  translator: ITranslator | null
): void {
  const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
  const category = trans.__('ChatOps');
  const describedBy = { args: noArguments };

  commands.addCommand(commandIds.openChat, {
    label: trans.__('Open the Chat'),
    caption: trans.__('Show the chat panel and put the cursor into its input'),
    icon: chatIcon,
    describedBy,
    execute: () => panel.reveal()
  });

  commands.addCommand(commandIds.leaveChat, {
    label: trans.__('Leave the Chat'),
    caption: trans.__('Give the cursor back to the notebook or whatever else is open'),
    describedBy,
    isEnabled: () => shell.currentWidget !== null,
    execute: () => shell.currentWidget?.activate()
  });

  commands.addCommand(commandIds.reloadSkills, {
    label: trans.__('Reload the Skills'),
    caption: trans.__('Load the skills again whose files were edited'),
    icon: refreshIcon,
    describedBy,
    execute: async () => {
      const { connection } = await link.open();
      try {
        const { changes } = await connection.request<'skill.reload'>({ type: 'skill.reload' });
        // What changed is told in the chat; that nothing did, only to who asked.
        if (changes.every(({ kind }) => kind === 'unchanged')) {
          Notification.info(trans.__('No skill has changed since it was loaded.'), {
            autoClose: 5000
          });
        }
      } catch (error) {
        Notification.error(errorWords(error), { autoClose: false });
      }
    }
  });

  commands.addCommand(commandIds.connect, {
    label: trans.__('Connect to the Bot'),
    caption: trans.__('Try at once to reach the bot, and start it if it was stopped'),
    describedBy,
    execute: () => link.retry()
  });

  for (const command of [
    commandIds.openChat,
    commandIds.leaveChat,
    commandIds.reloadSkills,
    commandIds.connect
  ]) {
    palette?.addItem({ command, category });
  }
}
