import type { Finding, Hearing, LanguageParser, Question, Understood } from '../../engine';
import type { Entity } from '../../protocol';

/** What every section of a parser says. */
export interface RemoteConfig {
  name: string;
  'min-score': number;
  /** Seconds. */
  timeout: number;
  lang?: string | undefined;
  rooms?: readonly string[] | undefined;
  addressed: boolean;
}

/** A parser that asks a service somewhere else. */
export abstract class RemoteParser implements LanguageParser {
  readonly name: string;
  readonly purpose: LanguageParser['purpose'] = 'matchers';
  readonly minScore: number;
  readonly timeout: number;
  readonly hearing: Hearing;

  /** The longest text the service takes, in characters; longer ones are not sent to it. */
  protected readonly longest: number = 1000;
  private readonly language: string | undefined;

  constructor({ name, timeout, lang, rooms, addressed, 'min-score': minScore }: RemoteConfig) {
    this.name = name;
    this.minScore = minScore;
    this.timeout = timeout * 1000;
    this.hearing = { rooms, addressed };
    this.language = lang;
  }

  async understand(question: Question): Promise<Understood> {
    const text = question.text.trim();
    if (text === '' || text.length > this.longest) {
      return { findings: [], entities: {} };
    }
    return this.ask({ ...question, text, language: this.language ?? question.language });
  }

  /** Asks about a text that has the length for it. */
  protected abstract ask(question: Question): Promise<Understood>;
}

/** What a service found, by name. A name that was found several times has a list of values. */
export class EntityList {
  private readonly found = new Map<string, { values: unknown[]; confidence: number | undefined }>();

  add(name: string, value: unknown, confidence?: number): this {
    const { values, confidence: other } = this.found.get(name) ?? {
      values: [],
      confidence: undefined
    };
    const known = [confidence, other].filter(each => each !== undefined);
    // A list is as sure as the least sure of its values.
    const least = known.length === 0 ? undefined : Math.min(...known);
    this.found.set(name, { values: [...values, value], confidence: least });
    return this;
  }

  toRecord(): Record<string, Entity> {
    return Object.fromEntries(
      [...this.found].map(([name, { values, confidence }]) => [
        name,
        {
          value: values.length === 1 ? values[0] : values,
          ...(confidence !== undefined && { confidence })
        }
      ])
    );
  }
}

/** An intent that a service is this sure of. */
export function intent(value: string, confidence: number): Finding {
  return { field: 'intent', value, confidence };
}
