import type { LanguageParser, LanguageParsers } from '../../engine';
import { chatOpsError, reasonOf, toErrorRecord, type ErrorRecord } from '../../protocol';
import type { Configuration, ParserSection } from '../config';
import { createParser, type ParserHost } from './parser-kinds';
import { joinTrainingData } from './rasa-training';
import { RasanluParser } from './rasanlu';

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
  configure(configuration: Configuration, host: ParserHost): void {
    this.problems = [];
    const { parsers: sections } = configuration.values;
    const before = this.members;
    this.members = sections.flatMap(section => {
      const key = JSON.stringify(section);
      const known = before.find(member => JSON.stringify(member.section) === key);
      if (known) {
        return [known];
      }
      try {
        const parser = createParser(section, host);
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
        if (!(parser instanceof RasanluParser) || !parser.trains) {
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
