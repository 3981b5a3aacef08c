import { Command } from 'commander';
import { toErrorRecord } from '../../protocol';
import { ensureBot } from './ensure';
import { exitCode } from './exit-code';
import { version } from './program';
import { serve } from './serve';
import {
  configOf,
  configOption,
  workspaceOf,
  workspaceOption,
  type WorkspaceOptions
} from './workspace-options';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Commands that programs give, and often: they need none of what people's commands need. */
const PROGRAMS_COMMANDS = ['serve', 'ensure'];

/**
 * The command line: one command for each thing a person or a program wants of the bot.
 *
 * @param name - the command that is wanted, as far as it is known: what others need is not loaded for
 * a bot that runs for days.
 */
export async function commandLine(name?: string): Promise<Command> {
  const program = new Command('chatops')
    .description(
      'A bot for your chat room, built from a configuration file and skills in TypeScript.\n\n' +
        'Begin with `chatops init` in an empty folder, then `chatops start`.'
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .showHelpAfterError('(`chatops --help` explains the commands)')
    .exitOverride();
  addForPrograms(program);
  if (name === undefined || !PROGRAMS_COMMANDS.includes(name)) {
    const { addForPeople } = await import('./people-commands');
    addForPeople(program);
  }
  return program;
}

function addForPrograms(program: Command): void {
  program
    .command('serve', { hidden: true })
    .description('run the bot without a terminal, until its last client has left')
    .addOption(workspaceOption())
    .addOption(configOption())
    .action((options: WorkspaceOptions) => serve(workspaceOf(options), configOf(options)));
  program
    .command('ensure', { hidden: true })
    .description('make sure that the bot of this folder runs, and print where it listens, as JSON')
    .addOption(workspaceOption())
    .addOption(configOption())
    .action(async (options: WorkspaceOptions) => {
      try {
        print(JSON.stringify(await ensureBot(workspaceOf(options), configOf(options))));
      } catch (error) {
        print(JSON.stringify({ error: toErrorRecord(error) }));
        process.exitCode = exitCode.failed;
      }
    });
}
