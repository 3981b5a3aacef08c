import path from 'node:path';
import { Option, type Command, type CommandOptions } from 'commander';
import { findConfiguration } from '../config';
import { findWorkspace } from './workspace';

/** The options of commands that are about a workspace. */
export interface WorkspaceOptions {
  workspace?: string;
  config?: string;
}

/** `--workspace`. */
export function workspaceOption(): Option {
  return new Option(
    '-w, --workspace <folder>',
    "the bot's folder; when not said, the nearest one upwards with a configuration"
  );
}

/**
 * `--config`.
 *
 * @param flags - `-f` is opsdroid's; a command that follows a file needs it for that.
 */
export function configOption(flags = '-f, --config <file>'): Option {
  return new Option(flags, 'the configuration file; found when not said');
}

/** A command below another one that is about a workspace. */
export function workspaceCommand(
  parent: Command,
  name: string,
  description: string,
  options?: CommandOptions
): Command {
  return parent
    .command(name, options)
    .description(description)
    .addOption(workspaceOption())
    .addOption(configOption());
}

/** The workspace that a command is about, as an absolute path. */
export function workspaceOf({ workspace }: WorkspaceOptions): string {
  return findWorkspace(workspace);
}

/** The configuration that was named, as an absolute path. */
export function configOf({ config }: WorkspaceOptions): string | undefined {
  return config === undefined ? undefined : path.resolve(config);
}

/** The configuration that holds. */
export function configFileOf(options: WorkspaceOptions): string {
  return configOf(options) ?? findConfiguration(workspaceOf(options));
}
