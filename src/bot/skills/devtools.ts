import type { Skill } from '../../engine';
import {
  didYouMean,
  matcherText,
  type MatcherRecord,
  type SkillChange,
  type SkillRecord
} from '../../protocol';
import { matchRegex, type Message } from '../../skill';
import { builtinSkill } from './builtin-skill';
import { describeChanges } from './change-report';

/** What the developer tools do to the bot they are part of. */
export interface DevtoolsHost {
  /** The version of ChatOps. */
  readonly version: string;
  skills(): SkillRecord[];
  /** Loads skills again: those named, or all whose files or sections changed. */
  reload(names: string[] | undefined): Promise<SkillChange[]>;
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
    helpSkills: matchRegex(
      /^help skills?(?: (?<name>[\w-]+))?$/,
      {
        caseSensitive: false,
        description: 'Show the skills, or one of them with its matchers.',
        examples: ['help skills', 'help skill hello']
      },
      async (message: Message) => {
        const { name } = message.match.groups;
        const skills = host.skills();
        const skill = skills.find(candidate => candidate.name === name);
        await message.respond(
          name === undefined
            ? skills.map(summary).join('\n')
            : skill
              ? details(skill)
              : `There is no skill named \`${name}\`.`
        );
      }
    ),
    help: matchRegex(
      /^help$/,
      { caseSensitive: false, description: 'Show what the bot understands.', examples: ['help'] },
      async (message: Message) => {
        await message.respond(helpText(host.skills()));
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

function helpText(skills: SkillRecord[]): string {
  const sections = skills
    .filter(skill => skill.matchers.length > 0)
    .map(({ name, matchers }) => `**${name}**\n${matchers.map(line).join('\n')}`);
  return sections.length > 0 ? sections.join('\n\n') : 'No skill is live.';
}

/** One command: an example to say, or the pattern, and what it is for. */
function line(matcher: MatcherRecord): string {
  const { examples, description } = matcher;
  const words = examples?.length
    ? examples.map(example => `\`${example}\``).join(', ')
    : `\`${matcherText(matcher)}\``;
  return `- ${words}${description ? `: ${description}` : ''}`;
}

function summary({ name, state, version, matchers, error }: SkillRecord): string {
  const count = `${matchers.length} ${matchers.length === 1 ? 'matcher' : 'matchers'}`;
  const live = state === 'live' ? `live, version ${version}, ${count}` : 'not live';
  return `- **${name}**: ${live}${error ? `; its newest version would not load: ${error.message}` : ''}`;
}

function details(skill: SkillRecord): string {
  const file = skill.source.file ? `\nIt is loaded from \`${skill.source.file}\`.` : '';
  return `${summary(skill)}${file}\n${skill.matchers.map(line).join('\n')}`;
}
