import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { formatError, type ErrorRecord } from '../../protocol';
import {
  configurationJsonSchema,
  defaultConfiguration,
  readConfiguration,
  readVariables,
  writeFileAtomically
} from '../config';
import { moduleOptions } from '../module-options';
import { buildWorkspace } from './build';
import { editFile } from './editor';
import { exitCode } from './exit-code';
import { lintConfiguration, type LintReport } from './lint';
import { listModules, type ListedModule } from './module-list';
import { print } from './print';
import { shortPin, SkillDesk } from './skill-desk';
import { textTable } from './text-table';
import {
  configFileOf,
  configOption,
  workspaceCommand,
  workspaceOf,
  type WorkspaceOptions
} from './workspace-options';

const complain = (error: ErrorRecord): void => void process.stderr.write(`${formatError(error)}\n`);

/** `chatops config`: what a bot is made of, before any of it runs. */
export function configCommand(): Command {
  const config = new Command('config').description('show, check, edit or build the configuration');
  // opsdroid's place for it: `config -f FILE lint`.
  config.addOption(configOption().hideHelp());
  config
    .command('gen')
    .description('print the default configuration')
    .action(() => print(defaultConfiguration.trimEnd()));
  config
    .command('schema')
    .description(
      'print the JSON schema of the configuration, for editors that complete and check it'
    )
    .action(() => print(JSON.stringify(configurationJsonSchema(moduleOptions), null, 2)));
  workspaceCommand(config, 'path', 'print which configuration file holds for this folder').action(
    (_: WorkspaceOptions, command: Command) => print(configFileOf(optionsOf(command)))
  );
  workspaceCommand(
    config,
    'lint',
    'check the configuration: every mistake with its line and column'
  ).action((_: WorkspaceOptions, command: Command) => lint(optionsOf(command)));
  workspaceCommand(config, 'edit', 'open the configuration in your editor, then check it').action(
    (_: WorkspaceOptions, command: Command) => edit(optionsOf(command))
  );
  workspaceCommand(
    config,
    'list-modules',
    'show the connectors, databases, parsers and skills that the configuration names'
  )
    .option('--json', 'as JSON, for programs', false)
    .action((_: unknown, command: Command) => list(command.optsWithGlobals()));
  workspaceCommand(
    config,
    'build',
    'fetch and load everything once, so that the first start need not wait'
  )
    .option('--verbose', 'tell what is fetched', false)
    .action((_: unknown, command: Command) => build(command.optsWithGlobals()));
  return config;
}

function optionsOf(command: Command): WorkspaceOptions {
  return command.optsWithGlobals<WorkspaceOptions>();
}

function lint(options: WorkspaceOptions): void {
  const { errors, warnings } = check(options);
  const found = `${counted(errors.length, 'error')}, ${counted(warnings.length, 'warning')}`;
  print(`${configFileOf(options)}: ${found}`);
}

/** Tells what is wrong; errors make the command fail. */
function check(options: WorkspaceOptions): LintReport {
  const report = lintConfiguration(configFileOf(options), workspaceOf(options));
  [...report.errors, ...report.warnings].forEach(complain);
  process.exitCode = report.errors.length > 0 ? exitCode.configuration : exitCode.ok;
  return report;
}

/** Whoever has none begins with the default one. */
function edit(options: WorkspaceOptions): void {
  const file = configFileOf(options);
  if (!existsSync(file)) {
    writeFileAtomically(file, defaultConfiguration);
    print(`wrote ${file}`);
  }
  editFile(file);
  lint({ ...options, config: file });
}

function list(options: WorkspaceOptions & { json: boolean }): void {
  const workspace = workspaceOf(options);
  const file = configFileOf(options);
  const configuration = readConfiguration(file, file, readVariables(workspace));
  const modules = listModules(configuration, new SkillDesk(workspace, file).list());
  print(options.json ? JSON.stringify(modules) : table(modules));
}

function table(modules: readonly ListedModule[]): string {
  return modules.length === 0
    ? 'The configuration names no modules.'
    : textTable(
        ['kind', 'name', 'from', 'source', 'pinned'],
        modules.map(({ kind, name, enabled, from, source = '', pinned = '' }) => [
          kind,
          enabled ? name : `${name} (off)`,
          from,
          source,
          shortPin(pinned)
        ])
      );
}

async function build(options: WorkspaceOptions & { verbose: boolean }): Promise<void> {
  if (check(options).errors.length > 0) {
    return;
  }
  const tell = (skill: string, line: string): void =>
    void (options.verbose && process.stderr.write(`${skill}: ${line}\n`));
  const workspace = workspaceOf(options);
  const { ready, errors } = await buildWorkspace(workspace, configFileOf(options), tell);
  errors.forEach(complain);
  print(
    `${counted(ready.length, 'skill')} ready${ready.length > 0 ? `: ${ready.join(', ')}` : ''}`
  );
  process.exitCode = errors.length > 0 ? exitCode.failed : exitCode.ok;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
