import {
  chatOpsError,
  type Candidate,
  type ChatMessage,
  type Entity,
  type ErrorRecord,
  type NearMiss,
  type Trace,
  type User
} from '../../protocol';
import { LinearPattern, patternText, type PatternMatch } from '../pattern';
import type { Roles } from '../permission';
import type { LiveMatcher, SkillRegistry, LiveMatcherOf } from '../skill-registry';
import {
  hearingAgainst,
  type LanguageParser,
  type LanguageParsers,
  type ParserAnswer
} from '../understanding';
import { commandsOf } from './commands';
import { constraintAgainst, type RoomLookup } from './constraint';
import type { GuardedMatcher } from './guarded-matcher';
import { compareCandidates, lengthScore, scoreFrom } from './score';

/** What of an event counts for its ranking. */
export type RankedEvent = Pick<ChatMessage, 'text' | 'connector' | 'room' | 'user' | 'addressed'>;

/** Everything that weighs matchers against each other. */
export interface RankingParts {
  registry: SkillRegistry;
  guard: GuardedMatcher;
  parsers: LanguageParsers;
  roles: Roles;
  lookup: RoomLookup;
  /** The least score that counts, by the configuration's name of the parser. */
  minScores: ReadonlyMap<string, number>;
  /** What is switched off, by the same names. */
  disabledParsers: ReadonlySet<string>;
  /** The language people write in, such as `en`. */
  language: string;
  /** The bot as it appears in rooms. */
  bot: Pick<User, 'name'>;
}

/** Everything that matched a text, best first. */
export interface Ranking {
  candidates: Candidate[];
  /** How many matchers were asked. */
  considered: number;
  /** The matchers that had to be asked where they can be stopped, and why. */
  guarded?: NonNullable<Trace['guarded']>;
  /** The parsers that would have been asked, and were not told of this, and why. */
  unasked?: NonNullable<Trace['unasked']>;
  /** Matchers and parsers that gave up. */
  troubles: ErrorRecord[];
  /** The best candidate that nothing excludes, as an index. */
  winner?: number;
  /** What may have been meant, when there is no winner. */
  nearMisses?: NearMiss[];
}

/** What a candidate has to get past: the parser that found it, by the configuration's name. */
interface Gate {
  parser: string;
  /** The least score that counts. */
  least: number;
}

/** What was found about a matcher. */
type Found = Pick<Candidate, 'spans' | 'captures' | 'score' | 'reading'> & {
  entities?: Readonly<Record<string, Entity>>;
};

/**
 * Holds a text against every live matcher of a conversation, and ranks those that match.
 *
 * A language service is asked only when its best answer could still win; what chooses a command by
 * itself, only when nothing else matched.
 *
 * @returns a promise only where something has to be waited for.
 */
export function rankCandidates(
  event: RankedEvent,
  parts: RankingParts
): Ranking | Promise<Ranking> {
  return new RankingRun(event, parts).finish();
}

class RankingRun {
  private readonly candidates: Candidate[] = [];
  private readonly troubles: ErrorRecord[] = [];
  /** Why parsers were not told of this, by their names. */
  private readonly unasked = new Map<string, string>();

  constructor(
    private readonly event: RankedEvent,
    private readonly parts: RankingParts
  ) {}

  finish(): Ranking | Promise<Ranking> {
    const { registry } = this.parts;
    this.addPatterns();
    const guarded = registry.guardedFor(this.event.text);
    if (guarded.length > 0 || registry.matchersOf('nlu').length > 0) {
      return this.askOthers(guarded);
    }
    this.addIntents();
    const choosers = this.wantedChoosers();
    return choosers.length > 0
      ? this.askChoosers(choosers).then(() => this.conclude(guarded))
      : this.conclude(guarded);
  }

  /** What cannot be decided here is asked elsewhere. */
  private async askOthers(guarded: readonly LiveMatcher[]): Promise<Ranking> {
    if (guarded.length > 0) {
      await this.addGuarded(guarded);
    }
    this.addIntents();
    if (this.parts.registry.matchersOf('nlu').length > 0) {
      await this.askServices();
    }
    const choosers = this.wantedChoosers();
    if (choosers.length > 0) {
      await this.askChoosers(choosers);
    }
    return this.conclude(guarded);
  }

  /** Who is asked when nothing else matched. */
  private wantedChoosers(): string[] {
    return this.candidates.some(isPossible)
      ? []
      : this.parts.parsers.choosers.filter(name => this.isHeardBy(name));
  }

  private conclude(guarded: readonly LiveMatcher[]): Ranking {
    const candidates = this.candidates.sort(compareCandidates);
    const winner = candidates.findIndex(isPossible);
    const { considered } = this.parts.registry;
    const ranking: Ranking = { candidates, considered, troubles: this.troubles };
    if (guarded.length > 0) {
      ranking.guarded = guarded.map(toGuarded);
    }
    if (this.unasked.size > 0) {
      ranking.unasked = [...this.unasked].map(([parser, reason]) => ({ parser, reason }));
    }
    if (winner >= 0) {
      ranking.winner = winner;
    } else {
      const misses = this.nearMisses();
      if (misses.length > 0) {
        ranking.nearMisses = misses;
      }
    }
    return ranking;
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

  private async addGuarded(matchers: readonly LiveMatcher[]): Promise<void> {
    const { text } = this.event;
    for (const { matcher, match, error } of await this.parts.guard.match(matchers, text)) {
      if (match) {
        this.addMatch(matcher, match, text);
      } else if (error) {
        this.troubles.push(error);
      }
    }
  }

  private addMatch(matcher: LiveMatcher, match: PatternMatch, text: string): void {
    const { record, order } = matcher;
    if (record.kind === 'regex' || record.kind === 'parse') {
      const facts = { factor: record.scoreFactor, spans: match.spans, text, order };
      const parser = record.kind === 'regex' ? 'regex' : 'parse_format';
      const score = lengthScore(patternText(record), facts);
      const { spans, captures } = match;
      this.add(matcher, { spans, captures, score }, this.gate(parser));
    }
  }

  private addIntents(): void {
    const { text } = this.event;
    for (const match of this.parts.registry.intents.match(text)) {
      const { key: matcher, similarity, example, captures } = match;
      const { record, order } = matcher;
      if (record.kind === 'intent' && similarity >= record.threshold) {
        const spans = [{ start: 0, end: text.length }];
        const facts = { factor: record.scoreFactor, spans, text, order };
        const score = { ...scoreFrom('similarity', similarity, facts), example };
        this.add(matcher, { spans, captures, score }, this.gate('intents'));
      }
    }
  }

  /** Asks those services whose answer could still win. */
  private async askServices(): Promise<void> {
    const { registry, parsers, lookup } = this.parts;
    const best = this.candidates.filter(isPossible).toSorted(compareCandidates)[0]?.score;
    const isSettled = best !== undefined && best.factor >= 1 && best.coverage === 1;
    const matchers = registry.matchersOf('nlu').filter(
      ({ record }) =>
        !isSettled &&
        (best?.score ?? -1) < record.scoreFactor &&
        // What cannot win here is no reason to send a text away.
        constraintAgainst(record, this.event, lookup) === undefined &&
        this.isHeardBy(record.parser)
    );
    this.noteMissing(matchers.filter(({ record }) => !parsers.has(record.parser)));
    const names = new Set(matchers.map(({ record }) => record.parser));
    if (names.size > 0) {
      for (const answer of await parsers.ask([...names], this.question())) {
        this.addFindings(
          answer,
          matchers.filter(({ record }) => record.parser === answer.parser.name)
        );
      }
    }
  }

  private noteMissing(matchers: readonly LiveMatcherOf<'nlu'>[]): void {
    for (const { skill, record } of matchers) {
      const parameters = { name: skill, parser: record.parser };
      const { record: error } = chatOpsError('CHATOPS_PARSER_MISSING', parameters);
      if (!this.troubles.some(({ message }) => message === error.message)) {
        this.troubles.push(error);
      }
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
      if (found) {
        const spans = [{ start: 0, end: text.length }];
        const facts = { factor: scoreFactor, spans, text, order: matcher.order };
        const score = scoreFrom('confidence', found.confidence, facts);
        const entities = { ...understood!.entities, ...found.entities };
        this.add(matcher, { spans, captures: [], entities, score }, gateOf(parser));
      }
    }
  }

  /** Asks those that choose a command themselves. What they propose counts only if the command understands it. */
  private async askChoosers(choosers: readonly string[]): Promise<void> {
    const { registry, parsers } = this.parts;
    const answers = await parsers.ask(choosers, this.question());
    for (const { parser, understood, error } of answers) {
      if (error) {
        this.troubles.push(error);
      }
      for (const { skill, matcher: id, sentence, confidence } of understood?.proposals ?? []) {
        const matcher = registry.matcher(skill, id);
        const match = matcher && (await this.read(matcher, sentence));
        if (matcher && match) {
          const factor = matcher.record.scoreFactor;
          const facts = { factor, spans: match.spans, text: sentence, order: matcher.order };
          const score = scoreFrom('confidence', confidence, facts);
          this.add(matcher, { ...match, score, reading: sentence }, gateOf(parser));
        }
      }
    }
  }

  /** What a command understands of a sentence that was put into its own words. */
  private async read(matcher: LiveMatcher, sentence: string): Promise<PatternMatch | undefined> {
    const { pattern, record } = matcher;
    if (record.kind === 'intent') {
      const match = this.parts.registry.intents.match(sentence).find(({ key }) => key === matcher);
      return match && match.similarity >= record.threshold
        ? { spans: [{ start: 0, end: sentence.length }], captures: match.captures }
        : undefined;
    }
    if (pattern instanceof LinearPattern) {
      return pattern.exec(sentence);
    }
    return pattern && (await this.parts.guard.match([matcher], sentence))[0]?.match;
  }

  private add({ skill, version, record }: LiveMatcher, found: Found, gate: Gate): void {
    const { spans, captures, entities, score, reading } = found;
    const candidate: Candidate = { skill, version, matcher: record, spans, captures, score };
    if (entities) {
      candidate.entities = entities;
    }
    if (reading !== undefined) {
      candidate.reading = reading;
    }
    const excluded = this.exclusion(candidate, gate);
    if (excluded !== undefined) {
      candidate.excluded = excluded;
    }
    this.candidates.push(candidate);
  }

  private exclusion({ matcher, score }: Candidate, { parser, least }: Gate): string | undefined {
    if (this.parts.disabledParsers.has(parser)) {
      return `the parser ${parser} is switched off`;
    }
    // What a service or a likeness says stands for itself, whatever weight an author gives it.
    const counted = score.basis === 'length' ? score.score : score.base;
    return counted < least
      ? `its score is below \`min-score\` of the parser ${parser}, ${least}`
      : constraintAgainst(matcher, this.event, this.parts.lookup);
  }

  private gate(parser: string): Gate {
    return { parser, least: this.parts.minScores.get(parser) ?? 0 };
  }

  /** What the one who asks may use here; nobody is told of anything else. */
  private usable(): LiveMatcher[] {
    return this.parts.registry.matchers().filter(matcher => this.isUsable(matcher));
  }

  private isUsable({ record }: LiveMatcher): boolean {
    const { roles, lookup } = this.parts;
    return (
      constraintAgainst(record, this.event, lookup) === undefined &&
      roles.mayTry(record.roles, this.event)
    );
  }

  private nearMisses(): NearMiss[] {
    return this.parts.registry.sentences
      .near(this.event.text, matcher => this.isUsable(matcher))
      .map(({ key: { skill, record }, text: example, similarity }) => {
        return { skill, matcher: record.id, example, similarity };
      });
  }

  /** Whether a parser may be told of this at all; if not, the trace will say why. */
  private isHeardBy(parser: string): boolean {
    const { parsers, lookup, bot } = this.parts;
    const place = { name: bot.name, lookup };
    const reason = hearingAgainst(parsers.hearingOf(parser), this.event, place);
    if (reason !== undefined) {
      this.unasked.set(parser, reason);
    }
    return reason === undefined;
  }

  private question(): Parameters<LanguageParsers['ask']>[1] {
    const { language } = this.parts;
    return {
      text: this.event.text,
      user: this.event.user.id,
      language,
      commands: () => commandsOf(this.usable())
    };
  }
}

function toGuarded({
  skill,
  record,
  pattern
}: LiveMatcher): NonNullable<Ranking['guarded']>[number] {
  const reason =
    pattern && 'reason' in pattern
      ? pattern.reason
      : 'it asks for the edges of words, and the text has letters beyond ASCII';
  return { skill, matcher: record.id, reason };
}

function gateOf({ name, minScore }: LanguageParser): Gate {
  return { parser: name, least: minScore };
}

function isPossible({ excluded }: Candidate): boolean {
  return excluded === undefined;
}
