import { Command } from 'commander';
import { toErrorRecord } from '../../protocol';
import { ensureBot } from './ensure';
import { exitCode } from './exit-code';
import { print } from './print';
import { version } from './program';
import { serve } from './serve';
import {
  configOf,
  workspaceCommand,
  workspaceOf,
  type WorkspaceOptions
} from './workspace-options';

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
  if (!program.commands.some(command => command.name() === name)) {
    const { addForPeople } = await import('./people-commands');
    addForPeople(program);
  }
  return program;
}

/** Commands that programs give, and often: they need none of what people's commands need. */
function addForPrograms(program: Command): void {
  const add = (name: string, description: string): Command =>
    workspaceCommand(program, name, description, { hidden: true });
  add('serve', 'run the bot without a terminal, until its last client has left').action(
    (options: WorkspaceOptions) => serve(workspaceOf(options), configOf(options))
  );
  add(
    'ensure',
    'make sure that the bot of this folder runs, and print where it listens, as JSON'
  ).action(async (options: WorkspaceOptions) => {
    try {
      print(JSON.stringify(await ensureBot(workspaceOf(options), configOf(options))));
    } catch (error) {
      print(JSON.stringify({ error: toErrorRecord(error) }));
      process.exitCode = exitCode.failed;
    }
  });
}
