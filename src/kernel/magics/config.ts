import { ChatOpsError, chatOpsError } from '../../protocol';
import { placeInCell } from './cell-place';
import type { Magic } from './magic';

/** `%%config`: the rest of the cell is the workspace's configuration, and running the cell puts it into force. */
export const config: Magic = {
  name: '%%config',
  usage: '%%config',
  summary: "Makes the rest of the cell the bot's configuration.yaml, in force at once.",
  details: [
    'The configuration is checked first. With an error in it nothing is written, and the error is shown',
    'here with its line. Otherwise it is written to the workspace, and connectors and skills follow it',
    'without a restart.',
    '',
    '```yaml',
    '%%config',
    'skills:',
    '  - name: hello',
    '    path: skills/hello',
    '```'
  ].join('\n'),
  run: async (call, { bot, signal, display, label }) => {
    if (call.args.length > 0) {
      throw chatOpsError('CHATOPS_MAGIC_USAGE', {
        reason: `\`%%config\` takes nothing on its line; \`${call.args.join(' ')}\` is too much`,
        usage: '%%config'
      });
    }
    try {
      const saved = await bot.request<'config.save'>(
        { type: 'config.save', source: call.body },
        signal
      );
      const { changesBundle } = await import(/* webpackChunkName: "kernel-bot" */ '../views');
      const { file, changes, warnings } = saved;
      display(
        changesBundle(
          `${file} is in force`,
          changes,
          warnings.map(warning => placeInCell(warning, call, label, name => name === file))
        )
      );
    } catch (error) {
      if (error instanceof ChatOpsError) {
        const isOwn = (name: string): boolean => /\.ya?ml$/.test(name) || name === 'cell';
        throw new ChatOpsError(placeInCell(error.record, call, label, isOwn), error);
      }
      throw error;
    }
  }
};
