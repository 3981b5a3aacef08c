import { chatOpsError, reasonOf, type ErrorRecord } from '../../protocol';
import type { Clock } from '../clock';
import type { Hearing } from './hearing';
import { ParserBusy, type LanguageParser, type Question, type Understood } from './understanding';

/** How long a service may take that says nothing else, in milliseconds. */
const PATIENCE = 5000;

/** After so many failures in a row a service is left alone for a while. */
const MOST_FAILURES = 3;

/** How long it is left alone, in milliseconds. */
const REST = 30_000;

/** However long a service asks to be left alone, it is for at most this long, in milliseconds. */
const LONGEST_REST = 15 * 60_000;

/** How many answers are remembered. */
const CACHE_SIZE = 200;

/** How long an answer is remembered, in milliseconds. */
const CACHE_TIME = 5 * 60_000;

/** What one parser had to say. */
export interface ParserAnswer {
  parser: LanguageParser;
  understood?: Understood;
  /** Why it had nothing to say. */
  error?: ErrorRecord;
}

interface Member {
  parser: LanguageParser;
  /** In a row. */
  failures: number;
  /** What the last of them was. */
  error?: ErrorRecord;
  /** True while one question finds out whether the service works again. */
  probing: boolean;
  /** Until then it is not asked. */
  restsUntil: number;
  cache: Map<string, { time: number; understood: Understood }>;
}

/**
 * The configured parsers of natural language: asked side by side, and none can hold up the bot.
 *
 * A service that fails again and again is left alone for a while; then a single question finds out
 * whether it works again (a circuit breaker).
 */
export class LanguageParsers {
  private members: Member[] = [];
  private chooserNames: readonly string[] = [];

  /** @param onTrouble - told once when a service fails, until it works again. */
  constructor(
    private readonly clock: Clock,
    private readonly onTrouble: (error: ErrorRecord) => void = () => undefined
  ) {}

  /** Puts these parsers into force; those that stay keep what they know. */
  configure(parsers: readonly LanguageParser[]): void {
    this.members = parsers.map(
      parser =>
        this.members.find(member => member.parser === parser) ?? {
          parser,
          failures: 0,
          probing: false,
          restsUntil: 0,
          cache: new Map()
        }
    );
    this.chooserNames = parsers
      .filter(({ purpose }) => purpose === 'commands')
      .map(({ name }) => name);
  }

  has(name: string): boolean {
    return this.members.some(({ parser }) => parser.name === name);
  }

  /** The names of those that choose a command themselves. */
  get choosers(): readonly string[] {
    return this.chooserNames;
  }

  /** What a parser is told of. */
  hearingOf(name: string): Hearing {
    return this.members.find(({ parser }) => parser.name === name)?.parser.hearing ?? {};
  }

  /** Asks these parsers side by side. Never rejects. */
  async ask(names: readonly string[], question: Omit<Question, 'signal'>): Promise<ParserAnswer[]> {
    return Promise.all(
      this.members
        .filter(({ parser }) => names.includes(parser.name))
        .map(member => this.askOne(member, question))
    );
  }

  private async askOne(member: Member, question: Omit<Question, 'signal'>): Promise<ParserAnswer> {
    const { parser, cache } = member;
    const now = this.clock.now();
    const key = JSON.stringify([question.text, question.language]);
    const known = cache.get(key);
    if (known && now - known.time < CACHE_TIME) {
      return { parser, understood: known.understood };
    }
    const isBroken = member.failures >= MOST_FAILURES;
    if (now < member.restsUntil || (isBroken && member.probing)) {
      return { parser, ...(member.error && { error: member.error }) };
    }
    member.probing = isBroken;
    try {
      const understood = await this.withinPatience(parser.timeout ?? PATIENCE, signal =>
        parser.understand({ ...question, signal })
      );
      member.failures = 0;
      delete member.error;
      // What chooses among commands depends on which there are, so it is asked each time.
      if (parser.purpose === 'matchers') {
        cache.set(key, { time: now, understood });
        if (cache.size > CACHE_SIZE) {
          cache.delete(cache.keys().next().value!);
        }
      }
      return { parser, understood };
    } catch (thrown) {
      return { parser, error: this.fail(member, thrown) };
    } finally {
      member.probing = false;
    }
  }

  private fail(member: Member, thrown: unknown): ErrorRecord {
    const { record } = chatOpsError(
      'CHATOPS_PARSER_FAILED',
      { name: member.parser.name, reason: reasonOf(thrown) },
      { cause: thrown }
    );
    if (member.failures === 0) {
      this.onTrouble(record);
    }
    member.error = record;
    member.failures++;
    if (thrown instanceof ParserBusy) {
      member.failures = Math.max(member.failures, MOST_FAILURES);
      member.restsUntil = this.clock.now() + Math.min(LONGEST_REST, thrown.retryAfter);
    } else if (member.failures >= MOST_FAILURES) {
      member.restsUntil = this.clock.now() + REST;
    }
    return record;
  }

  private async withinPatience<T>(
    patience: number,
    ask: (signal: AbortSignal) => Promise<T>
  ): Promise<T> {
    const controller = new AbortController();
    let timer: unknown;
    const timeout = new Promise<never>((_, reject) => {
      timer = this.clock.setTimeout(() => {
        const error = new Error(`it did not answer within ${patience / 1000} s`);
        controller.abort(error);
        reject(error);
      }, patience);
    });
    try {
      return await Promise.race([ask(controller.signal), timeout]);
    } finally {
      this.clock.clearTimeout(timer);
    }
  }
}
