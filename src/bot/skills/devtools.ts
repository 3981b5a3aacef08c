import type { Asker, Skill } from '../../engine';
import { didYouMean, type RoleGrant, type SkillChange, type SkillRecord } from '../../protocol';
import { matchRegex, type Message } from '../../skill';
import { builtinSkill } from './builtin-skill';
import { describeChange, describeChanges } from './change-report';
import { commandDetails, commandLine, isAbout, isSpoken } from './command-text';

/** What the developer tools do to the bot they are part of. */
export interface DevtoolsHost {
  /** The version of ChatOps. */
  readonly version: string;
  skills(): SkillRecord[];
  /** True when someone may give a command that is for these roles. */
  mayTry(roles: readonly RoleGrant[] | undefined, asker: Asker): boolean;
  /** Loads skills again: those named, or all whose files or sections changed. */
  reload(names: string[] | undefined): Promise<SkillChange[]>;
  /** Keeps a skill from answering. */
  hold(name: string, by: string): Promise<SkillChange>;
  /** Lets it answer again. */
  release(name: string): Promise<SkillChange>;
  /** Empties the view of a room. False when its connector cannot. */
  clear(connector: string, room: string): boolean;
  /** Ends the bot, once what was said is delivered. */
  quit(): void;
}

/** `devtools`: the commands by which a bot is looked after from within the chat. */
export function devtools(host: DevtoolsHost): Skill {
  return builtinSkill('devtools', host.version, {
    reload: matchRegex(
      /^reload(?:[ ,]+(?<names>[\w-]+(?:[ ,]+[\w-]+)*))?$/,
      {
        caseSensitive: false,
        description:
          'Load skills again after their files were edited: all that changed, or those named.',
        examples: ['reload', 'reload hello']
      },
      async (message: Message) => {
        const names = message.match.groups.names?.split(/[ ,]+/);
        const known = host.skills().map(skill => skill.name);
        const unknown = names?.find(name => !known.includes(name));
        await message.respond(
          unknown === undefined
            ? describeChanges(await host.reload(names))
            : `There is no skill named \`${unknown}\`${didYouMean(unknown, known)}. These are there: ${known.join(', ')}.`
        );
      }
    ),
    hold: matchRegex(
      /^hold (?<name>[\w-]+)$/,
      {
        caseSensitive: false,
        description: 'Keep a skill from answering, until it is edited or released.',
        examples: ['hold hello'],
        arguments: { name: 'The skill.' }
      },
      async (message: Message) => {
        await message.respond(
          describeChange(await host.hold(message.match.groups.name!, message.user))
        );
      }
    ),
    release: matchRegex(
      /^release (?<name>[\w-]+)$/,
      {
        caseSensitive: false,
        description: 'Let a skill that is on hold answer again.',
        examples: ['release hello'],
        arguments: { name: 'The skill.' }
      },
      async (message: Message) => {
        await message.respond(describeChange(await host.release(message.match.groups.name!)));
      }
    ),
    helpSkills: matchRegex(
      /^help skills?(?: (?<name>[\w-]+))?$/,
      {
        caseSensitive: false,
        description: 'Show the skills, or one of them with its commands.',
        examples: ['help skills', 'help skill hello'],
        arguments: { name: 'The skill.' }
      },
      async (message: Message) => {
        const { name } = message.match.groups;
        const skills = visibleTo(message, host);
        const names = skills.map(skill => skill.name);
        const skill = skills.find(candidate => candidate.name === name);
        await message.respond(
          name === undefined
            ? skills.map(summary).join('\n')
            : skill
              ? details(skill)
              : `There is no skill named \`${name}\`${didYouMean(name, names)}.`
        );
      }
    ),
    help: matchRegex(
      /^help(?: (?<words>.+))?$/,
      {
        caseSensitive: false,
        description: 'Show what the bot understands, or what has to do with some words.',
        examples: ['help', 'help reload'],
        arguments: { words: 'The name of a skill, or any words of a command.' }
      },
      async (message: Message) => {
        const { words } = message.match.groups;
        const skills = visibleTo(message, host);
        await message.respond(words === undefined ? helpText(skills) : foundText(skills, words));
      }
    ),
    clear: matchRegex(
      /^clear$/,
      { caseSensitive: false, description: 'Empty the view of this room.', examples: ['clear'] },
      async (message: Message) => {
        if (!host.clear(message.connector, message.room)) {
          await message.respond('This connector has no view that could be emptied.');
        }
      }
    ),
    quit: matchRegex(
      /^quit$/,
      { caseSensitive: false, description: 'Stop the bot.', examples: ['quit'] },
      async (message: Message) => {
        await message.respond('Stopping. See you.');
        host.quit();
      }
    )
  });
}

/** The skills with the commands that whoever asks may give. */
function visibleTo({ userId, user, connector }: Message, host: DevtoolsHost): SkillRecord[] {
  return host.skills().flatMap(skill => {
    const matchers = skill.matchers.filter(({ roles }) =>
      host.mayTry(roles, { user: { id: userId, name: user }, connector })
    );
    // A skill of which nothing is left is none of their business.
    return matchers.length === 0 && skill.matchers.length > 0 ? [] : [{ ...skill, matchers }];
  });
}

function helpText(skills: readonly SkillRecord[]): string {
  const sections = skills
    .map(({ name, matchers }) => ({ name, spoken: matchers.filter(isSpoken) }))
    .filter(({ spoken }) => spoken.length > 0)
    .map(({ name, spoken }) => `**${name}**\n${spoken.map(commandLine).join('\n')}`);
  return sections.length > 0 ? sections.join('\n\n') : 'No skill is live.';
}

/** The commands that have to do with some words; a skill of that name comes first. */
function foundText(skills: readonly SkillRecord[], words: string): string {
  const named = skills.find(({ name }) => name.toLowerCase() === words.trim().toLowerCase());
  if (named) {
    return details(named);
  }
  const sections = skills
    .map(({ name, matchers }) => ({
      name,
      found: matchers.filter(matcher => isSpoken(matcher) && isAbout(name, matcher, words.trim()))
    }))
    .filter(({ found }) => found.length > 0)
    .map(({ name, found }) => `**${name}**\n${found.map(commandDetails).join('\n')}`);
  return sections.length > 0
    ? sections.join('\n\n')
    : `Nothing has to do with \`${words}\`. Say \`help\` to see everything.`;
}

function summary({ name, state, version, matchers, error }: SkillRecord): string {
  const count = `${matchers.length} ${matchers.length === 1 ? 'matcher' : 'matchers'}`;
  if (state === 'held') {
    return `- **${name}**: ${error?.message ?? 'on hold'}`;
  }
  const live = state === 'live' ? `live, version ${version}, ${count}` : 'not live';
  return `- **${name}**: ${live}${error ? `; its newest version would not load: ${error.message}` : ''}`;
}

function details(skill: SkillRecord): string {
  const { file, pinned } = skill.source;
  const pin = pinned === undefined ? '' : `, pinned to \`${pinned.slice(0, 10)}\``;
  const origin = file ? `\nIt is loaded from \`${file}\`${pin}.` : '';
  return `${summary(skill)}${origin}\n${skill.matchers.map(commandDetails).join('\n')}`;
}
