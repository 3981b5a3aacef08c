import type { SkillRecord, User } from '../../protocol';
import type { SlashCommand } from './slash-commands';

/** Something that may be written into the input. */
export interface Suggestion {
  readonly kind: 'slash' | 'person' | 'command';
  /** What is written in place of what stands there. */
  readonly text: string;
  /** How it is shown. */
  readonly label: string;
  /** What it is for, if that is known. */
  readonly detail: string;
}

/** What may be written, and in place of what. */
export interface Completion {
  readonly suggestions: readonly Suggestion[];
  /** The part of the text that gives way: from `start` up to and without `end`. */
  readonly start: number;
  readonly end: number;
  /** Whether the first suggestion is taken by Enter; otherwise one has to go to it. */
  readonly isEager: boolean;
}

/** What suggestions are made from. */
export interface CompletionSources {
  readonly slash: readonly SlashCommand[];
  /** Looked up only where one of them could be meant. */
  readonly people: () => readonly User[];
  readonly skills: readonly SkillRecord[];
}

/** How many suggestions are shown at once. */
const MOST = 8;

/** What could be meant by what was written up to the cursor; nothing where nothing could. */
export function complete(
  text: string,
  cursor: number,
  { slash, people, skills }: CompletionSources
): Completion | undefined {
  const before = text.slice(0, cursor);
  const slashed = /^\/([a-z]*)$/.exec(before);
  if (slashed && cursor === text.length) {
    return completion(
      slash
        .filter(({ name }) => name.startsWith(slashed[1]!))
        .map(({ name, usage, description, takesWords }) => ({
          kind: 'slash',
          text: takesWords ? `/${name} ` : `/${name}`,
          label: usage,
          detail: description
        })),
      { start: 0, end: cursor, isEager: true }
    );
  }
  const mention = /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u.exec(before);
  if (mention) {
    const part = mention[1]!.toLowerCase();
    return completion(
      people()
        .filter(({ name }) =>
          name
            .toLowerCase()
            .split(/\s+/)
            .some(word => word.startsWith(part))
        )
        .map(({ name }) => ({ kind: 'person', text: `@${name} `, label: `@${name}`, detail: '' })),
      { start: cursor - mention[1]!.length - 1, end: cursor, isEager: true }
    );
  }
  return before === text && text.trim() !== '' && !text.includes('\n')
    ? completion(matching(text.trimStart().toLowerCase(), commandsOf(skills)), {
        start: 0,
        end: text.length,
        isEager: false
      })
    : undefined;
}

function completion(
  suggestions: Suggestion[],
  rest: Omit<Completion, 'suggestions'>
): Completion | undefined {
  return suggestions.length === 0
    ? undefined
    : { suggestions: suggestions.slice(0, MOST), ...rest };
}

function matching(start: string, suggestions: Suggestion[]): Suggestion[] {
  return suggestions.filter(({ text }) => {
    const words = text.toLowerCase();
    // What stands there already needs no completion.
    return words.startsWith(start) && words !== start.trimEnd();
  });
}

/** What the live skills say that one can say to them: their examples, and their formats. */
export function commandsOf(skills: readonly SkillRecord[]): Suggestion[] {
  const commands = skills
    .filter(({ state }) => state === 'live')
    .flatMap(({ name, matchers }) =>
      matchers.flatMap(matcher => {
        const formats = matcher.kind === 'parse' ? [matcher.format] : [];
        const { examples = formats, description = name } = matcher;
        return examples.map(text => ({
          kind: 'command' as const,
          text,
          label: text,
          detail: description
        }));
      })
    );
  return [...new Map(commands.map(command => [command.text, command])).values()];
}
