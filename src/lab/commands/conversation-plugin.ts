import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, InputDialog, Notification } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import {
  exportConversation,
  exportExtensions,
  exportFormats,
  fileNameOf,
  type ExportFormat
} from '../chat/export';
import { testParts } from '../chat/test-parts';
import { commandIds } from '../command-ids';
import { testIcon } from '../icons';
import { pluginIds, TRANSLATION_DOMAIN } from '../plugin-ids';
import { IBotLink, IChatPanel } from '../tokens';
import { noArguments } from './arguments';
import { errorWords } from './error-words';
import { writeNewFile } from './new-file';

/** Where tests of skills are looked for. */
const TEST_FOLDER = 'tests';

/** Makes files of conversations. */
export const conversationPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.conversation,
  description: 'Adds the commands that save a conversation, and that make a skill test of it.',
  autoStart: true,
  requires: [IChatPanel, IBotLink],
  optional: [ICommandPalette, ITranslator],
  activate: activateConversation
};

function activateConversation(
  { commands, serviceManager }: JupyterFrontEnd,
  panel: IChatPanel,
  link: IBotLink,
  palette: ICommandPalette | null,
  translator: ITranslator | null
): void {
  const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
  const { contents } = serviceManager;
  const category = trans.__('ChatOps');
  const formatWords: Readonly<Record<ExportFormat, string>> = {
    markdown: trans.__('Markdown, to be read'),
    notebook: trans.__('Notebook, to be run again'),
    ndjson: trans.__('NDJSON, for programs')
  };
  const formatOf = (value: unknown): ExportFormat | undefined =>
    exportFormats.find(format => format === value);

  const choose = async (): Promise<ExportFormat | undefined> => {
    const { value } = await InputDialog.getItem({
      title: trans.__('Save the conversation'),
      label: trans.__('As'),
      items: exportFormats.map(format => formatWords[format]),
      okLabel: trans.__('Save')
    });
    return exportFormats.find(format => formatWords[format] === value);
  };

  /** Writes a file and shows it; whatever goes wrong is told. */
  const write = async (make: () => Promise<[string, string, string]>): Promise<void> => {
    try {
      const path = await writeNewFile(contents, ...(await make()));
      await commands.execute('docmanager:open', { path });
    } catch (error) {
      Notification.error(errorWords(error), { autoClose: false });
    }
  };

  commands.addCommand(commandIds.exportChat, {
    label: args => {
      const format = formatOf(args.format);
      return format === undefined
        ? trans.__('Save the Conversation…')
        : trans.__('Save the Conversation as %1', formatWords[format]);
    },
    caption: trans.__('Write the conversation of the room that is shown into a file'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          format: {
            enum: [...exportFormats],
            description: 'What kind of file; whoever runs the command is asked when absent.'
          }
        }
      }
    },
    execute: async args => {
      const format = formatOf(args.format) ?? (await choose());
      if (format) {
        await write(async () => {
          const conversation = await panel.readConversation();
          return [
            fileNameOf('conversation', conversation.room),
            exportExtensions[format],
            exportConversation(conversation, format, trans)
          ];
        });
      }
    }
  });

  commands.addCommand(commandIds.makeTest, {
    label: trans.__('Make a Skill Test of the Conversation'),
    caption: trans.__('Write what was said and answered into a test that says it again'),
    icon: testIcon,
    describedBy: { args: noArguments },
    execute: () =>
      write(async () => {
        const [{ recordingToTest }, conversation] = await Promise.all([
          import('../../testing/recording'),
          panel.readConversation()
        ]);
        const name = fileNameOf('conversation', conversation.room);
        const { messages, skills } = testParts(conversation.messages, link.status.skills);
        const test = recordingToTest(messages, {
          name: trans.__('a conversation in %1', conversation.room),
          skills
        });
        return [`${TEST_FOLDER}/${name}`, '.test.ts', test];
      })
  });

  palette?.addItem({ command: commandIds.makeTest, category });
  for (const format of exportFormats) {
    palette?.addItem({ command: commandIds.exportChat, args: { format }, category });
  }
}
