import type { Candidate, ChatMessage, Entity, ErrorRecord, NearMiss } from '../../protocol';
import { LinearPattern, patternText, type PatternMatch } from '../pattern';
import type { LiveMatcher, SkillRegistry, LiveMatcherOf } from '../skill-registry';
import {
  nearMisses,
  type KnownSentence,
  type LanguageParsers,
  type ParserAnswer,
  type Proposal
} from '../understanding';
import { commandsOf } from './commands';
import { constraintAgainst, type RoomLookup } from './constraint';
import type { GuardedMatcher } from './guarded-matcher';
import { compareCandidates, lengthScore, scoreFrom } from './score';

/** What of an event counts for its ranking. */
export type RankedEvent = Pick<ChatMessage, 'text' | 'connector' | 'room' | 'user'>;

/** Everything that weighs matchers against each other. */
export interface RankingParts {
  registry: SkillRegistry;
  guard: GuardedMatcher;
  parsers: LanguageParsers;
  lookup: RoomLookup;
  /** The least score that counts, by the configuration's name of the parser. */
  minScores: ReadonlyMap<string, number>;
  /** The language people write in, such as `en`. */
  language: string;
}

/** Everything that matched a text, best first. */
export interface Ranking {
  candidates: Candidate[];
  /** How many matchers were asked. */
  considered: number;
  /** Matchers and parsers that gave up. */
  troubles: ErrorRecord[];
  /** The best candidate that nothing excludes, as an index. */
  winner?: number;
  /** What may have been meant, when there is no winner. */
  nearMisses?: NearMiss[];
}

/** The configuration's names of the parsers, by the kind of matcher they serve. */
const PARSER_NAMES: Partial<Record<Candidate['matcher']['kind'], string>> = {
  regex: 'regex',
  parse: 'parse_format',
  intent: 'intents'
};

/**
 * Holds a text against every live matcher of a conversation, and ranks those that match.
 *
 * A language service is asked only when its best answer could still win; what chooses a command by
 * itself, only when nothing else matched.
 */
export async function rankCandidates(event: RankedEvent, parts: RankingParts): Promise<Ranking> {
  return new RankingRun(event, parts).finish();
}

class RankingRun {
  private readonly candidates: Candidate[] = [];
  private readonly troubles: ErrorRecord[] = [];

  constructor(
    private readonly event: RankedEvent,
    private readonly parts: RankingParts
  ) {}

  async finish(): Promise<Ranking> {
    this.addPatterns();
    await this.addGuarded();
    this.addIntents();
    await this.askServices();
    if (!this.candidates.some(isPossible)) {
      await this.askChoosers();
    }
    const candidates = this.candidates.toSorted(compareCandidates);
    const winner = candidates.findIndex(isPossible);
    const { considered } = this.parts.registry;
    const ranking = { candidates, considered, troubles: this.troubles };
    if (winner >= 0) {
      return { ...ranking, winner };
    }
    const misses = nearMisses(this.event.text, knownSentences(this.parts.registry));
    return { ...ranking, ...(misses.length > 0 && { nearMisses: misses }) };
  }

  private addPatterns(): void {
    const { text } = this.event;
    for (const matcher of this.parts.registry.match(text)) {
      const match = matcher.pattern instanceof LinearPattern && matcher.pattern.exec(text);
      if (match) {
        this.addMatch(matcher, match, text);
      }
    }
  }

  private async addGuarded(): Promise<void> {
    const matchers = [...this.parts.registry.guardedMatchers];
    if (matchers.length > 0) {
      const { text } = this.event;
      for (const { matcher, match, error } of await this.parts.guard.match(matchers, text)) {
        if (match) {
          this.addMatch(matcher, match, text);
        } else if (error) {
          this.troubles.push(error);
        }
      }
    }
  }

  private addMatch(
    matcher: LiveMatcher,
    match: PatternMatch,
    text: string,
    reading?: Proposal
  ): void {
    const { record, order } = matcher;
    if (record.kind !== 'regex' && record.kind !== 'parse') {
      return;
    }
    const facts = { factor: record.scoreFactor, spans: match.spans, text, order };
    this.add(matcher, {
      ...match,
      score: reading
        ? scoreFrom('confidence', reading.confidence, facts)
        : lengthScore(patternText(record), facts),
      ...(reading && { reading: reading.sentence })
    });
  }

  private addIntents(): void {
    const { text } = this.event;
    for (const { key: matcher, similarity, example, captures } of this.parts.registry.intents.match(
      text
    )) {
      const { record, order } = matcher;
      if (record.kind === 'intent' && similarity >= record.threshold) {
        const spans = [{ start: 0, end: text.length }];
        const facts = { factor: record.scoreFactor, spans, text, order };
        this.add(matcher, {
          spans,
          captures,
          score: { ...scoreFrom('similarity', similarity, facts), example }
        });
      }
    }
  }

  /** Asks those services whose answer could still win. */
  private async askServices(): Promise<void> {
    const { registry, parsers } = this.parts;
    const matchers = registry.matchersOf('nlu');
    const best = this.candidates.filter(isPossible).toSorted(compareCandidates)[0]?.score;
    const isSettled = best !== undefined && best.factor >= 1 && best.coverage === 1;
    const names = new Set(
      matchers
        .filter(({ record }) => !isSettled && (best?.score ?? -1) < record.scoreFactor)
        .map(({ record }) => record.parser)
    );
    if (names.size === 0) {
      return;
    }
    for (const answer of await parsers.ask([...names], this.question())) {
      this.addFindings(
        answer,
        matchers.filter(({ record }) => record.parser === answer.parser.name)
      );
    }
  }

  private addFindings(
    { parser, understood, error }: ParserAnswer,
    matchers: readonly LiveMatcherOf<'nlu'>[]
  ): void {
    if (error) {
      this.troubles.push(error);
    }
    const { text } = this.event;
    for (const matcher of matchers) {
      const { field, value, scoreFactor } = matcher.record;
      const found = understood?.findings.find(
        finding => finding.field === field && finding.value === value
      );
      if (found && found.confidence >= parser.minScore) {
        const spans = [{ start: 0, end: text.length }];
        const facts = { factor: scoreFactor, spans, text, order: matcher.order };
        this.add(matcher, {
          spans,
          captures: [],
          entities: understood!.entities,
          score: scoreFrom('confidence', found.confidence, facts)
        });
      }
    }
  }

  /** Asks those that choose a command themselves. What they propose counts only if the command understands it. */
  private async askChoosers(): Promise<void> {
    const { registry, parsers } = this.parts;
    for (const { parser, understood, error } of await parsers.ask(
      parsers.choosers,
      this.question()
    )) {
      if (error) {
        this.troubles.push(error);
      }
      for (const proposal of understood?.proposals ?? []) {
        const matcher = registry.matcher(proposal.skill, proposal.matcher);
        const match = matcher && (await this.read(matcher, proposal.sentence));
        if (matcher && match && proposal.confidence >= parser.minScore) {
          this.addMatch(matcher, match, proposal.sentence, proposal);
        }
      }
    }
  }

  private async read(matcher: LiveMatcher, sentence: string): Promise<PatternMatch | undefined> {
    if (matcher.pattern instanceof LinearPattern) {
      return matcher.pattern.exec(sentence);
    }
    return matcher.pattern && (await this.parts.guard.match([matcher], sentence))[0]?.match;
  }

  private add(
    { skill, version, record }: LiveMatcher,
    found: Pick<Candidate, 'spans' | 'captures' | 'score' | 'reading'> & {
      entities?: Readonly<Record<string, Entity>>;
    }
  ): void {
    const candidate: Candidate = { skill, version, matcher: record, ...found };
    const excluded = this.exclusion(candidate);
    this.candidates.push(excluded === undefined ? candidate : { ...candidate, excluded });
  }

  private exclusion({ matcher, score }: Candidate): string | undefined {
    const parser = PARSER_NAMES[matcher.kind];
    const least = this.parts.minScores.get(parser ?? '') ?? 0;
    return score.score < least
      ? `its score is below \`min-score\` of the parser ${parser}, ${least}`
      : constraintAgainst(matcher, this.event, this.parts.lookup);
  }

  private question(): Parameters<LanguageParsers['ask']>[1] {
    const { registry, language } = this.parts;
    return {
      text: this.event.text,
      user: this.event.user.id,
      language,
      commands: () => commandsOf(registry)
    };
  }
}

function isPossible({ excluded }: Candidate): boolean {
  return excluded === undefined;
}

/** The sentences that the live skills would have understood. */
function* knownSentences(registry: SkillRegistry): Generator<KnownSentence> {
  for (const { skill, record } of registry.matchers()) {
    const literal =
      record.kind === 'parse'
        ? record.format.replace(/\{[^{}:]*:?[^{}]*\}/g, '{}')
        : record.kind === 'regex' && /^\^?[\w -]+\$?$/.test(record.pattern)
          ? record.pattern.replace(/[$^]/g, '')
          : undefined;
    for (const text of [...(record.examples ?? []), ...(literal === undefined ? [] : [literal])]) {
      yield { skill, matcher: record.id, text };
    }
  }
}
