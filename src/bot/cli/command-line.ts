import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { toErrorRecord } from '../../protocol';
import { readConfiguration, readVariables } from '../config';
import { logPath } from '../logging';
import { fixtures } from '../fixtures';
import { loadTestFile, TEST_FILE_COMMAND } from '../test-files';
import { configCommand } from './config-commands';
import { ensureBot } from './ensure';
import { exitCode } from './exit-code';
import { serveFixture } from './fixture';
import { initWorkspace } from './init';
import { showLog } from './logs';
import { programs, version } from './program';
import { serve } from './serve';
import { skillCommand } from './skill-commands';
import { start } from './start';
import { understandingCommands } from './understanding-commands';
import { workshopCommand } from './workshop-commands';
import {
  configFileOf,
  configOf,
  configOption,
  workspaceOf,
  workspaceOption,
  type WorkspaceOptions
} from './workspace-options';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** The command line: one command for each thing a person or a program wants of the bot. */
export function commandLine(): Command {
  const program = new Command('chatops')
    .description(
      'A bot for your chat room, built from a configuration file and skills in TypeScript.\n\n' +
        'Begin with `chatops init` in an empty folder, then `chatops start`.'
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .showHelpAfterError('(`chatops --help` explains the commands)')
    .exitOverride();
  addRunning(program);
  program.addCommand(configCommand());
  program.addCommand(skillCommand());
  understandingCommands().forEach(command => program.addCommand(command));
  addTools(program);
  return program;
}

function addRunning(program: Command): void {
  program
    .command('start')
    .description(
      'run the bot of this folder and talk to it here; where it runs already, join the conversation'
    )
    .addOption(workspaceOption())
    .addOption(configOption())
    .action((options: WorkspaceOptions) => start(workspaceOf(options), configOf(options)));
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
  program
    .command('init')
    .description('make a folder a workspace: configuration, a first skill, types for your editor')
    .argument('[folder]', 'which folder; made if it is not there', '.')
    .action((folder: string) => {
      for (const file of initWorkspace(path.resolve(folder))) {
        print(`wrote ${file}`);
      }
      print(`Now run \`chatops start\`${folder === '.' ? '' : ` in ${folder}`} and say hello.`);
    });
}

function addTools(program: Command): void {
  program
    .command('logs')
    .description("print the last lines of the bot's log")
    .option('-f, --follow', 'go on with what is added', false)
    .option('-n, --lines <count>', 'how many lines', toNumber, 50)
    .addOption(workspaceOption())
    .addOption(configOption('--config <file>'))
    .action((options: WorkspaceOptions & { follow: boolean; lines: number }) => {
      const workspace = workspaceOf(options);
      const file = configFileOf(options);
      const { values } = readConfiguration(file, file, readVariables(workspace));
      showLog(
        logPath(values.logging, path.dirname(file), workspace),
        options.lines,
        options.follow
      );
    });
  program
    .command(TEST_FILE_COMMAND, { hidden: true })
    .argument('<file>')
    .action((file: string) => loadTestFile(file, programs));
  program
    .command('fixture')
    .description('serve a stand-in for a service on this machine, for the workshop')
    .argument('<name>', `which: ${[...fixtures.keys()].join(', ')}`)
    .option('--port <number>', 'the port; any free one when not said', toNumber, 0)
    .addOption(workspaceOption())
    .action(async (name: string, options: WorkspaceOptions & { port: number }) => {
      const url = await serveFixture(name, workspaceOf(options), options.port);
      print(JSON.stringify({ name, url }));
    });
  program.addCommand(workshopCommand());
  program
    .command('version')
    .description('print the version')
    .action(() => print(version));
}

function toNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) {
    throw new InvalidArgumentError('It must be a whole number.');
  }
  return value;
}
