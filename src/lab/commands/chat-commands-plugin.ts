import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { refreshIcon } from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { commandIds } from '../command-ids';
import { chatIcon } from '../icons';
import { pluginIds, TRANSLATION_DOMAIN } from '../plugin-ids';
import { chatSides, type ChatSide } from '../settings/chat-settings';
import { IBotLink, IChatPanel, IChatSettings } from '../tokens';
import { noArguments } from './arguments';
import { errorWords } from './error-words';

/** The commands that concern the chat and the bot. */
export const chatCommandsPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.commands,
  description: 'Adds the commands that open the chat, reload skills and connect to the bot.',
  autoStart: true,
  requires: [IChatPanel, IBotLink, IChatSettings],
  optional: [ICommandPalette, ITranslator],
  activate: activateCommands
};

function activateCommands(
  { commands, shell }: JupyterFrontEnd,
  panel: IChatPanel,
  link: IBotLink,
  settings: IChatSettings,
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

  commands.addCommand(commandIds.showSkills, {
    label: trans.__('Show the Skills'),
    caption: trans.__('Show in the chat panel what the bot answers to, and how its skills are'),
    icon: chatIcon,
    describedBy,
    execute: () => panel.revealSkills()
  });

  commands.addCommand(commandIds.reloadSkills, {
    label: trans.__('Reload the Skills'),
    caption: trans.__('Load the skills again whose files were edited'),
    icon: refreshIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          skills: {
            type: 'array',
            items: { type: 'string' },
            description: 'The skills to load again; all that were edited when absent.'
          }
        }
      }
    },
    execute: async args => {
      const skills = Array.isArray(args.skills) ? args.skills.map(String) : undefined;
      const { connection } = await link.open();
      try {
        const { changes } = await connection.request<'skill.reload'>({
          type: 'skill.reload',
          ...(skills && { skills })
        });
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

  commands.addCommand(commandIds.holdSkill, {
    label: args =>
      args.hold === false ? trans.__('Release a Skill') : trans.__('Put a Skill on Hold'),
    caption: trans.__('Keep a skill from answering, or let it answer again'),
    describedBy: {
      args: {
        type: 'object',
        required: ['skill'],
        properties: {
          skill: { type: 'string', description: 'The name of the skill.' },
          hold: { type: 'boolean', description: 'False to let it answer again.' }
        }
      }
    },
    execute: async ({ skill, hold }) => {
      const name = String(skill);
      try {
        const { connection } = await link.open();
        await (hold === false
          ? connection.request<'skill.release'>({ type: 'skill.release', name })
          : connection.request<'skill.hold'>({ type: 'skill.hold', name }));
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

  const placeWords: Readonly<Record<ChatSide, string>> = {
    left: trans.__('Chat on the Left'),
    right: trans.__('Chat on the Right'),
    main: trans.__('Chat in the Main Area')
  };
  const sideOf = (args: ReadonlyPartialJSONObject): ChatSide =>
    chatSides.find(side => side === args.side) ?? 'right';
  commands.addCommand(commandIds.placeChat, {
    label: args => placeWords[sideOf(args)],
    caption: trans.__('Choose where the chat panel lies; it stays there'),
    describedBy: {
      args: {
        type: 'object',
        required: ['side'],
        properties: { side: { enum: [...chatSides], description: 'Where the panel shall lie.' } }
      }
    },
    isToggled: args => settings.values.side === sideOf(args),
    execute: async args => {
      await settings.set('side', sideOf(args));
      await panel.reveal();
    }
  });
  settings.changed.connect(() => commands.notifyCommandChanged(commandIds.placeChat));
  for (const side of chatSides) {
    palette?.addItem({ command: commandIds.placeChat, args: { side }, category });
  }

  for (const command of [
    commandIds.openChat,
    commandIds.leaveChat,
    commandIds.showSkills,
    commandIds.reloadSkills,
    commandIds.connect
  ]) {
    palette?.addItem({ command, category });
  }
}
