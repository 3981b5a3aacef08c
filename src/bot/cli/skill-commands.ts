import { Command, Option } from 'commander';
import { formatError } from '../../protocol';
import { EndpointPlace } from '../server';
import { withBot } from './bot-request';
import { exitCode } from './exit-code';
import { print } from './print';
import { shortPin, SkillDesk, type AddOptions, type ListedSkill } from './skill-desk';
import { textTable } from './text-table';
import {
  configFileOf,
  workspaceCommand,
  workspaceOf,
  type WorkspaceOptions
} from './workspace-options';

const tell = (skill: string, line: string): void =>
  void process.stderr.write(`${skill}: ${line}\n`);

/** `chatops skill`: what a bot can do, and where that comes from. */
export function skillCommand(): Command {
  const skill = new Command('skill').description('add, list, begin, update or remove skills');
  workspaceCommand(skill, 'add', 'fetch a skill and enter it into the configuration')
    .argument('<source>', 'a file, folder or notebook, a git repository, a gist, or an npm package')
    .option('--name <name>', 'what to call it; made from the source when not said')
    .addOption(
      new Option('--from <kind>', 'what the source is, when its form does not say').choices([
        'path',
        'repo',
        'gist',
        'package'
      ])
    )
    .option('--branch <branch>', 'the branch or tag of a repository')
    .option('--key <file>', 'the ssh key that may read a repository')
    .action(async (source: string, options: WorkspaceOptions & AddOptions) => {
      const { name, pinned } = await desk(options).add(source, options);
      print(`added ${name}${pinned === undefined ? '' : `, pinned to ${shortPin(pinned)}`}`);
    });
  workspaceCommand(skill, 'list', 'show the skills of the configuration and where they come from')
    .option('--json', 'as JSON, for programs', false)
    .action((options: WorkspaceOptions & { json: boolean }) => {
      const skills = desk(options).list();
      print(options.json ? JSON.stringify(skills) : table(skills));
    });
  workspaceCommand(
    skill,
    'new',
    'begin a skill: a file with a first command, entered into the configuration'
  )
    .argument('<name>', 'what to call it')
    .action((name: string, options: WorkspaceOptions) => {
      print(`wrote ${desk(options).begin(name)}`);
      print(`Say \`${name}\` to the bot, then change what it answers.`);
    });
  workspaceCommand(skill, 'update', 'take the newest version of fetched skills, and pin it')
    .argument('[names...]', 'which; all when not said')
    .action(update);
  workspaceCommand(
    skill,
    'remove',
    'take a skill out of the configuration, and away what was fetched for it'
  )
    .argument('<name>', 'which')
    .action((name: string, options: WorkspaceOptions) => {
      const { from, source } = desk(options).remove(name);
      print(`removed ${name}${from === 'path' ? `; its files stay: ${source}` : ''}`);
    });
  return skill;
}

async function update(names: string[], options: WorkspaceOptions): Promise<void> {
  const updated = await desk(options).update(names);
  if (updated.length === 0) {
    print('None of these skills is fetched from elsewhere.');
  }
  for (const { name, before, pinned } of updated) {
    const change =
      before === undefined ? shortPin(pinned) : `${shortPin(before)} → ${shortPin(pinned)}`;
    print(before === pinned ? `${name}: ${shortPin(pinned)} is the newest` : `${name}: ${change}`);
  }
  const changed = updated.filter(({ before, pinned }) => before !== pinned);
  const endpoint = await new EndpointPlace(workspaceOf(options)).find();
  if (endpoint && changed.length > 0) {
    const skills = changed.map(({ name }) => name);
    const { changes } = await withBot(endpoint, connection =>
      connection.request<'skill.reload'>({ type: 'skill.reload', skills })
    );
    const errors = changes.flatMap(({ error }) => (error ? [error] : []));
    errors.forEach(error => process.stderr.write(`${formatError(error)}\n`));
    process.exitCode = errors.length > 0 ? exitCode.failed : exitCode.ok;
  }
}

function table(skills: readonly ListedSkill[]): string {
  return skills.length === 0
    ? 'The configuration names no skill.'
    : textTable(
        ['name', 'from', 'source', 'pinned'],
        skills.map(({ name, enabled, from, source = '', pinned }) => [
          enabled ? name : `${name} (off)`,
          from,
          source,
          pinned === undefined ? '' : shortPin(pinned)
        ])
      );
}

function desk(options: WorkspaceOptions): SkillDesk {
  return new SkillDesk(workspaceOf(options), configFileOf(options), tell);
}
