import type { LanguageParser, LanguageParsers } from '../../engine';
import { chatOpsError, reasonOf, toErrorRecord, type ErrorRecord } from '../../protocol';
import type { Configuration, ParserSection } from '../config';
import { createParser, type ParserHost } from './parser-kinds';
import { joinTrainingData } from './rasa-training';
import { RasanluParser } from './rasanlu';

interface Member {
  section: ParserSection;
  parser: LanguageParser;
  /** What it was last trained with. */
  trained?: string;
}

/** The configured parsers of natural language. */
export class ParserSet {
  /** What keeps parsers from working. */
  problems: ErrorRecord[] = [];

  private members: Member[] = [];
  private training: AbortController | undefined;

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
    this.parsers.configure(this.members.map(({ parser }) => parser));
  }

  /**
   * Trains the parsers that learn from the `intents.yml` of skills, if those have changed. Resolves
   * when they are trained, to what went wrong.
   *
   * @param documents - the text of each `intents.yml`.
   */
  async train(documents: readonly string[]): Promise<ErrorRecord[]> {
    const trainable = this.members.filter(({ parser }) => isTrainable(parser));
    if (trainable.length === 0) {
      return [];
    }
    this.training?.abort(new Error('there is newer training data'));
    this.training = new AbortController();
    const { signal } = this.training;
    const results = await Promise.all(
      trainable.map(async member => {
        try {
          const data = joinTrainingData(documents);
          if (data !== undefined && data !== member.trained) {
            await (member.parser as RasanluParser).train(data, signal);
            member.trained = data;
          }
          return [];
        } catch (error) {
          const { name } = member.parser;
          const parameters = { name, reason: reasonOf(error) };
          return signal.aborted
            ? []
            : [chatOpsError('CHATOPS_PARSER_TRAINING', parameters, { cause: error }).record];
        }
      })
    );
    return results.flat();
  }

  /** Ends a training that goes on. */
  close(): void {
    this.training?.abort(new Error('the bot stops'));
  }
}

function isTrainable(parser: LanguageParser): boolean {
  return parser instanceof RasanluParser && parser.trains;
}
