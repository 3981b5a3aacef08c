import type { Entity } from '../../protocol';
import type { Hearing } from './hearing';

/** What a parser is asked. */
export interface Question {
  text: string;
  /** Stable for the person, for services that count people. What is understood must not depend on it. */
  user: string;
  /** Such as `en`. */
  language: string;
  /** The commands there are, for a parser that chooses one itself. */
  commands(): readonly Command[];
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** A command of a skill, as a parser that chooses one itself sees it. */
export interface Command {
  skill: string;
  matcher: string;
  description?: string;
  examples: readonly string[];
  /** The form of its sentences, where it has one: a format, or a regular expression. */
  pattern?: string;
  /** The names of its arguments, with what they stand for. */
  arguments: Readonly<Record<string, { description?: string; choices?: readonly string[] }>>;
}

/** What a language service found in a text. */
export interface Finding {
  field: 'intent' | 'action';
  /** What matchers are compared with. */
  value: string;
  /** From 0 to 1. */
  confidence: number;
  /** What belongs to this finding alone. */
  entities?: Readonly<Record<string, Entity>>;
}

/** A sentence that a language model thinks was meant, in the words of a command. */
export interface Proposal {
  skill: string;
  matcher: string;
  sentence: string;
  /** From 0 to 1. */
  confidence: number;
}

/** What a parser understood. */
export interface Understood {
  findings: readonly Finding[];
  proposals?: readonly Proposal[];
  /** What else it found: places, dates, names. */
  entities: Readonly<Record<string, Entity>>;
}

/** A configured parser of natural language. */
export interface LanguageParser {
  /** The name its matchers and its section of the configuration go by. */
  readonly name: string;
  /** `matchers`: compared with what skills ask for. `commands`: chooses among all commands, and is asked only when nothing else matched. */
  readonly purpose: 'matchers' | 'commands';
  /** Findings below this confidence do not count. */
  readonly minScore: number;
  /** How long it may take to answer, in milliseconds; 5 s when absent. */
  readonly timeout?: number;
  /** What it is told of; everything when absent. */
  readonly hearing?: Hearing;
  /** @throws ParserBusy when it is not to be asked for a while, and any other error when the service cannot be reached or answers with an error. */
  understand(question: Question): Promise<Understood>;
}

/** A service does not want to be asked for a while. */
export class ParserBusy extends Error {
  /** @param retryAfter - for how long, in milliseconds. */
  constructor(
    message: string,
    readonly retryAfter: number
  ) {
    super(message);
  }
}
