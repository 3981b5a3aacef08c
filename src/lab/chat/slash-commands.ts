import type { TranslationBundle } from '@jupyterlab/translation';

/** What the panel does for a person who asks for it in the input, instead of sending it. */
export type SlashName = 'why' | 'rooms' | 'as' | 'clear' | 'export' | 'test' | 'help';

/** Something that one can ask the panel for in the input. */
export interface SlashCommand {
  readonly name: SlashName;
  /** How it is written, with what comes behind it. */
  readonly usage: string;
  readonly description: string;
  /** Whether something comes behind it. */
  readonly takesWords: boolean;
}

/** What the panel understands by itself. Anything else that begins with a slash goes to the bot. */
export function slashCommands(trans: TranslationBundle): SlashCommand[] {
  const make = (name: SlashName, parameter: string, description: string): SlashCommand => ({
    name,
    usage: parameter === '' ? `/${name}` : `/${name} ${parameter}`,
    description,
    takesWords: parameter !== ''
  });
  return [
    make('why', trans.__('TEXT'), trans.__('Show what would answer a text, without saying it')),
    make('rooms', trans.__('NAME'), trans.__('Show the rooms, or go to one; a new name makes one')),
    make(
      'as',
      trans.__('NAME'),
      trans.__('Speak as another person, to try roles; without a name, as yourself')
    ),
    make('clear', '', trans.__('Hide what stands here, for you only')),
    make(
      'export',
      trans.__('FORMAT'),
      trans.__('Save the conversation: markdown, notebook or ndjson')
    ),
    make('test', '', trans.__('Make a skill test of the conversation')),
    make('help', '', trans.__('Show what the input and the keys can do'))
  ];
}

const NAMES: ReadonlySet<string> = new Set<SlashName>([
  'why',
  'rooms',
  'as',
  'clear',
  'export',
  'test',
  'help'
]);

/** Takes a text for a request to the panel, if it is one. */
export function parseSlash(text: string): { name: SlashName; rest: string } | undefined {
  const [, name = '', rest = ''] = /^\s*\/([a-z]+)(?:\s+([\s\S]*))?$/.exec(text) ?? [];
  return NAMES.has(name) ? { name: name as SlashName, rest: rest.trim() } : undefined;
}
