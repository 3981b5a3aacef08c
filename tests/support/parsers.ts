import { createParser, type ParserHost } from '../../src/bot/understanding';
import type { ParserSection } from '../../src/bot/config';
import {
  systemClock,
  type Command,
  type LanguageParser,
  type Question,
  type Understood
} from '../../src/engine';

/** A host that knows nothing but where the tests run. */
export function parserHost(more: Partial<ParserHost> = {}): ParserHost {
  return {
    folder: process.cwd(),
    packageFolders: [process.cwd()],
    environment: { HOME: '/nowhere' },
    clock: systemClock,
    ...more
  };
}

/** The parser of a section that must have one. */
export function parserOf(section: ParserSection, more: Partial<ParserHost> = {}): LanguageParser {
  const parser = createParser(section, parserHost(more));
  if (!parser) {
    throw new Error(`${section.name} has no parser`);
  }
  return parser;
}

/** Asks a parser. */
export function understand(
  parser: LanguageParser,
  text: string,
  more: Partial<Question> = {},
  commands: readonly Command[] = []
): Promise<Understood> {
  return parser.understand({
    text,
    user: 'ann',
    language: 'en',
    commands: () => commands,
    signal: new AbortController().signal,
    ...more
  });
}

/** What was thrown, with all of its causes, as one text: everything a log could show. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}
