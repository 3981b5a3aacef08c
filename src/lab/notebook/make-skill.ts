/** What a new skill is made from. */
export interface SkillWish {
  /** What it shall answer. */
  readonly text: string;
  /** What was answered, if that is known. */
  readonly reply?: string | undefined;
  /** The names that are taken. */
  readonly taken: Iterable<string>;
}

/** Longer texts are recognised by their meaning: nobody says them twice in the same words. */
const MOST_WORDS = 8;

/** Words that name nothing. */
const SMALL_WORDS = new Set(
  'a an and are at be can could do does for from hello hey hi how i in is it me my of on or please tell that the this to us we what when where which who why will with would you your'.split(
    ' '
  )
);

/** A variable part of a text: what it looks like, and what catches it. */
const VARIABLES: readonly { name: string; found: RegExp; pattern: string }[] = [
  { name: 'text', found: /"[^"]+"|“[^”]+”/, pattern: '["“](?<NAME>[^"”]+)["”]' },
  { name: 'number', found: /\b\d+(?:\.\d+)?\b/, pattern: '(?<NAME>\\d+(?:\\.\\d+)?)' }
];

/** A skill cell that answers a text: its matcher, the text as its example, and an answer to begin with. */
export function makeSkillCell({ text, reply, taken }: SkillWish): string {
  const sentence = text.trim().split('\n')[0]!.trim().replace(/\s+/g, ' ');
  const name = freeName(nameOf(sentence), new Set(taken));
  const handler = camelCase(name);
  const isLong = sentence.split(' ').length > MOST_WORDS;
  const { pattern, groups } = isLong ? { pattern: '', groups: [] } : patternOf(sentence);
  const matcher = isLong ? 'matchIntent' : 'matchRegex';
  const options = isLong
    ? `{ examples: [${quote(sentence)}] }`
    : `{ caseSensitive: false, description: ${quote(`Answers “${sentence}”.`)}, examples: [${quote(sentence)}] }`;
  return [
    `%%skill ${name}`,
    `import { ${matcher} } from 'chatops';`,
    '',
    `export const ${handler} = ${matcher}(`,
    `  ${isLong ? quote(name) : `/${pattern}/`},`,
    `  ${options},`,
    '  async (bot, config, message) => {',
    ...(groups.length > 0 ? [`    const { ${groups.join(', ')} } = message.match.groups;`] : []),
    `    await message.respond(${answer(sentence, reply, groups)});`,
    '  }',
    ');'
  ].join('\n');
}

/** The name that a text suggests: the words that mean something, at most three. */
export function nameOf(text: string): string {
  const words = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '' && !/^\d/.test(word));
  const telling = words.filter(word => !SMALL_WORDS.has(word));
  return (telling.length > 0 ? telling : words).slice(0, 3).join('-').slice(0, 60) || 'answer';
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) {
    return name;
  }
  let count = 2;
  while (taken.has(`${name}-${count}`)) {
    count++;
  }
  return `${name}-${count}`;
}

/** The pattern of a whole text: quotations and numbers may be others, and so may the sign at its end. */
function patternOf(sentence: string): { pattern: string; groups: string[] } {
  const groups: string[] = [];
  let rest = sentence.replace(/[\s?!.]+$/, '');
  let pattern = '';
  while (rest !== '') {
    const next = VARIABLES.map(variable => ({ ...variable, match: variable.found.exec(rest) }))
      .filter(({ match }) => match !== null)
      .toSorted((a, b) => a.match!.index - b.match!.index)[0];
    if (!next) {
      pattern += escapePattern(rest);
      break;
    }
    const count = groups.filter(group => group.replace(/\d+$/, '') === next.name).length;
    const group = count === 0 ? next.name : `${next.name}${count + 1}`;
    groups.push(group);
    pattern +=
      escapePattern(rest.slice(0, next.match!.index)) + next.pattern.replace('NAME', group);
    rest = rest.slice(next.match!.index + next.match![0].length);
  }
  return { pattern: `^${pattern}[?!.]*$`, groups };
}

function answer(sentence: string, reply: string | undefined, groups: readonly string[]): string {
  if (reply !== undefined && reply.trim() !== '') {
    return quote(reply);
  }
  return groups.length > 0
    ? `\`${groups.map(group => `${group}: \${${group}}`).join(', ')}\``
    : quote(`You said: ${sentence}`);
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

function camelCase(name: string): string {
  const word = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return RESERVED.has(word) ? `${word}Skill` : word;
}

/** Words that no variable may be called, and those that the cell's own code uses. */
const RESERVED = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof let new null return static super switch this throw true try typeof var void while with yield matchRegex matchIntent setup bot config message'.split(
    ' '
  )
);

/** A text as TypeScript, in single quotes as one would write it by hand. */
function quote(text: string): string {
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
}
