import path from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { readConfiguration, readVariables } from '../config';
import { fixtures } from '../fixtures';
import { logPath } from '../logging';
import { loadTestFile, TEST_FILE_COMMAND } from '../test-files';
import { configCommand } from './config-commands';
import { serveFixture } from './fixture';
import { initWorkspace } from './init';
import { showLog } from './logs';
import { print } from './print';
import { programs, version } from './program';
import { skillCommand } from './skill-commands';
import { start } from './start';
import { understandingCommands } from './understanding-commands';
import { workshopCommand } from './workshop-commands';
import {
  configFileOf,
  configOf,
  configOption,
  workspaceCommand,
  workspaceOf,
  workspaceOption,
  type WorkspaceOptions
} from './workspace-options';

/** Adds the commands that people give. */
export function addForPeople(program: Command): void {
  addStarting(program);
  program.addCommand(configCommand());
  program.addCommand(skillCommand());
  understandingCommands().forEach(command => program.addCommand(command));
  addTools(program);
  program.addCommand(workshopCommand());
}

function addStarting(program: Command): void {
  workspaceCommand(
    program,
    'start',
    'run the bot of this folder and talk to it here; where it runs already, join the conversation'
  ).action((options: WorkspaceOptions) => start(workspaceOf(options), configOf(options)));
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
