import type { LanguageParser, LanguageParsers } from '../../engine';
import { chatOpsError, reasonOf, toErrorRecord, type ErrorRecord } from '../../protocol';
import type { Configuration, ParserSection } from '../config';
import type { ParserHost } from './parser-kinds';
import { joinTrainingData } from './rasa-training';
import type { RasanluParser } from './rasanlu';

interface Member {
  section: ParserSection;
  parser: LanguageParser;
  /** What it learned last, or is learning. */
  lesson?: { data: string; controller: AbortController };
}

/** The configured parsers of natural language. */
export class ParserSet {
  /** What keeps parsers from working. */
  problems: ErrorRecord[] = [];

  private members: Member[] = [];

  /** @param parsers - the engine's, which are asked. */
  constructor(private readonly parsers: Pick<LanguageParsers, 'configure'>) {}

  /**
   * Puts what is configured into force. A parser whose section is as it was stays, with all it
   * remembers; one that cannot be made is noted in {@link problems}.
   */
  async configure(configuration: Configuration, host: ParserHost): Promise<void> {
    const { parsers: sections } = configuration.values;
    // What speaks with services is loaded by bots that are told of one.
    const kinds = sections.length > 0 ? await import('./parser-kinds') : undefined;
    this.problems = [];
    const before = this.members;
    this.members = sections.flatMap(section => {
      const key = JSON.stringify(section);
      const known = before.find(member => JSON.stringify(member.section) === key);
      if (known) {
        return [known];
      }
      try {
        const parser = kinds?.createParser(section, host);
        return parser ? [{ section, parser }] : [];
      } catch (error) {
        this.problems.push({
          ...configuration.placeOf('parsers', section.name),
          ...toErrorRecord(error)
        });
        return [];
      }
    });
    before
      .filter(member => !this.members.includes(member))
      .forEach(({ lesson }) => lesson?.controller.abort());
    this.parsers.configure(this.members.map(({ parser }) => parser));
  }

  /**
   * Trains the parsers that learn from the `intents.yml` of skills, if those have changed. Resolves
   * when they are trained, to what went wrong.
   *
   * @param documents - the text of each `intents.yml`; asked only when there is a parser to train.
   */
  async train(documents: () => readonly string[]): Promise<ErrorRecord[]> {
    const problems = await Promise.all(
      this.members.map(async member => {
        const { parser } = member;
        if (!isTrainable(parser)) {
          return [];
        }
        try {
          await teach(member, parser, joinTrainingData(documents()));
          return [];
        } catch (error) {
          const parameters = { name: parser.name, reason: reasonOf(error) };
          return [chatOpsError('CHATOPS_PARSER_TRAINING', parameters, { cause: error }).record];
        }
      })
    );
    return problems.flat();
  }

  /** Ends a training that goes on. */
  close(): void {
    this.members.forEach(({ lesson }) => lesson?.controller.abort());
  }
}

function isTrainable(parser: LanguageParser): parser is RasanluParser {
  return 'trains' in parser && parser.trains === true;
}

/** Trains a parser with data that it has not learned and is not learning already. */
async function teach(
  member: Member,
  parser: RasanluParser,
  data: string | undefined
): Promise<void> {
  if (data === undefined || data === member.lesson?.data) {
    return;
  }
  member.lesson?.controller.abort();
  const controller = new AbortController();
  const lesson = { data, controller };
  member.lesson = lesson;
  try {
    await parser.train(data, controller.signal);
  } catch (error) {
    if (controller.signal.aborted) {
      return;
    }
    // It is tried again with the next change of any skill.
    delete member.lesson;
    throw error;
  }
}
