import { matcherText, type MatcherRecord, type SkillRecord } from '../../protocol';

/** What people can say to a skill; the rest of its matchers work by themselves. */
const SPOKEN: readonly MatcherRecord['kind'][] = ['regex', 'parse', 'intent', 'nlu'];

/** True for what people say, rather than what happens. */
export function isSpoken({ kind }: MatcherRecord): boolean {
  return SPOKEN.includes(kind);
}

/** What to say for a command: its examples, or its pattern where its author gave none. */
export function wordsFor(matcher: MatcherRecord): string[] {
  const { examples = [] } = matcher;
  return examples.length > 0 ? examples : [matcherText(matcher)];
}

/** A command in one line of Markdown: what to say, and what it is for. */
export function commandLine(matcher: MatcherRecord): string {
  const words = wordsFor(matcher).map(code).join(', ');
  return `- ${words}${matcher.description ? `: ${matcher.description}` : ''}`;
}

/** A command with all that its author said about it, as a list in Markdown. */
export function commandDetails(matcher: MatcherRecord): string {
  const notes = [
    ...argumentNotes(matcher),
    ...constraintNotes(matcher),
    ...(matcher.roles ? [`Only for ${matcher.roles.map(({ role }) => role).join(' and ')}.`] : []),
    ...(matcher.confirm === undefined
      ? []
      : [
          typeof matcher.confirm === 'string'
            ? `It asks first: ${matcher.confirm}`
            : 'It asks first.'
        ])
  ];
  return [commandLine(matcher), ...notes.map(note => `  - ${note}`)].join('\n');
}

/** True when a skill or one of its commands has to do with these words: all of them, in any order. */
export function isAbout(skill: string, matcher: MatcherRecord, words: string): boolean {
  const { description = '', examples = [], arguments: known = {} } = matcher;
  const values = Object.entries(known).flatMap(([name, { description = '', choices = [] }]) => [
    name,
    description,
    ...choices
  ]);
  const text = [skill, matcher.id, matcherText(matcher), description, ...examples, ...values]
    .join('\n')
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}

/** A page of Markdown with every command of a bot, skill by skill. */
export function commandsPage(bot: string, skills: readonly SkillRecord[]): string {
  const sections = skills
    .filter(({ matchers }) => matchers.length > 0)
    .map(({ name, source, matchers }) => {
      const spoken = matchers.filter(isSpoken);
      const others = matchers.filter(matcher => !isSpoken(matcher));
      return [
        `## ${name}`,
        ...(source.file ? [`From \`${source.file}\`.`] : []),
        ...(spoken.length > 0 ? [spoken.map(commandDetails).join('\n')] : []),
        ...(others.length > 0
          ? [['It also answers to:', '', ...others.map(commandDetails)].join('\n')]
          : [])
      ].join('\n\n');
    });
  return [`# What ${bot} understands`, ...sections].join('\n\n') + '\n';
}

function argumentNotes({ arguments: known = {} }: MatcherRecord): string[] {
  return Object.entries(known).map(([name, { description, choices }]) => {
    const values = choices ? `one of ${choices.map(code).join(', ')}` : undefined;
    return `${code(name)}: ${[description?.replace(/\.$/, ''), values].filter(Boolean).join('; ') || 'any text'}`;
  });
}

function constraintNotes({ constraints = [] }: MatcherRecord): string[] {
  const places = { rooms: 'in', users: 'for', connectors: 'by' } as const;
  return constraints.map(
    ({ on, values, invert }) =>
      `${invert ? 'Not' : 'Only'} ${places[on]} ${values.map(code).join(', ')}.`
  );
}

/** Code in Markdown; more backticks around a text that holds some. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}
