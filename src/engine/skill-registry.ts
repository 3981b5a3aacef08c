import {
  chatOpsError,
  Emitter,
  reasonOf,
  type ErrorRecord,
  type MatcherKind,
  type MatcherRecord,
  type MatcherRecordOf,
  type ReloadCause,
  type SkillChange,
  type SkillRecord,
  type SkillSource
} from '../protocol';
import { sentencesOf } from './known-sentences';
import {
  LinearPattern,
  NativePattern,
  PatternIndex,
  readPattern,
  samePattern,
  writtenPattern
} from './pattern';
import { Crontab } from './schedule/crontab';
import type { Skill } from './skill';
import { compareMatchers } from './skill-change';
import { IntentIndex } from './understanding/intent-index';
import { SentenceIndex } from './understanding/near-miss';

/** A matcher of a live skill, ready to be held against events. */
export interface LiveMatcher<R extends MatcherRecord = MatcherRecord> {
  readonly skill: string;
  readonly version: number;
  readonly record: R;
  /** The compiled pattern, or why it has no linear form and needs the guarded engine; nothing for matchers without one. */
  readonly pattern: LinearPattern | { reason: string } | undefined;
  /** The place among all matchers; smaller was registered earlier. */
  order: number;
}

/** A live matcher of one kind. */
export type LiveMatcherOf<K extends MatcherKind> = LiveMatcher<MatcherRecordOf<K>>;

/** A batch of changes to the set of live skills. */
export interface RegistryEvent {
  cause: ReloadCause;
  changes: SkillChange[];
}

/** What a loader knows about a load besides the skill itself. */
export interface LoadFacts {
  warnings?: ErrorRecord[];
  /** Milliseconds. */
  duration?: number;
}

interface Entry {
  /** The place among skills: that of its first registration, kept across versions. */
  position: number;
  source: SkillSource;
  version: number;
  loadedAt?: number;
  skill?: Skill;
  matchers: LiveMatcher[];
  /** The {@link SkillRegistry.generation} that its last change made. */
  generation: number;
  error?: ErrorRecord;
  /** Why it is kept from answering. */
  held?: ErrorRecord;
}

/** Matchers of one skill lie this far apart from those of the next, so that a reload renumbers none. */
const ORDER_STEP = 10_000;

/** The kinds of matchers that are weighed against each other for one text. */
const CONVERSATION: readonly MatcherKind[] = ['regex', 'parse', 'intent', 'nlu'];

/** The live skills: who they are, in which version, and which of their patterns match a text. */
export class SkillRegistry {
  /** The set changed, or a change to it was refused. */
  readonly changed = new Emitter<RegistryEvent>();

  private readonly entries = new Map<string, Entry>();
  private readonly index = new PatternIndex<LiveMatcher>();
  /** Matchers whose patterns have no linear form. */
  private readonly guarded = new Set<LiveMatcher>();
  /** Matchers whose linear form does not fit every text. */
  private readonly limited = new Set<LiveMatcher>();
  private readonly kinds = new Map<MatcherKind, Set<LiveMatcher>>();
  private nextPosition = 0;
  /** What is worked out when it is asked for, until something changes. */
  private all: readonly LiveMatcher[] | undefined;
  private readonly byKind = new Map<MatcherKind, readonly LiveMatcher[]>();
  private known: SentenceIndex<LiveMatcher> | undefined;
  private changes = 0;

  /** The intents that are known by examples. */
  readonly intents = new IntentIndex<LiveMatcher>();

  /** @param now - milliseconds since 1970. */
  constructor(private readonly now: () => number) {}

  /** Counts the changes so far. */
  get generation(): number {
    return this.changes;
  }

  /** How many matchers are weighed against each other for a text. */
  get considered(): number {
    return CONVERSATION.reduce((sum, kind) => sum + (this.kinds.get(kind)?.size ?? 0), 0);
  }

  /** The matchers that only an engine that can look around can hold against a text. */
  guardedFor(text: string): LiveMatcher[] {
    if (this.guarded.size === 0 && this.limited.size === 0) {
      return [];
    }
    const limited = [...this.limited].filter(({ pattern }) => !fits(pattern, text));
    return [...this.guarded, ...limited];
  }

  /** Every skill that was registered, in order, also those that would not load. */
  list(): SkillRecord[] {
    return Array.from(this.entries, toRecord);
  }

  /** Those of {@link list} that have changed since a {@link generation}. */
  changedSince(generation: number): SkillRecord[] {
    return [...this.entries].filter(([, entry]) => entry.generation > generation).map(toRecord);
  }

  /** The names of {@link list}. */
  names(): string[] {
    return [...this.entries.keys()];
  }

  /** The live skill of this name. */
  get(name: string): Skill | undefined {
    return this.entries.get(name)?.skill;
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** What is wrong with a skill as it is now: why it is held, or why its newest version would not load. */
  problemOf(name: string): ErrorRecord | undefined {
    const entry = this.entries.get(name);
    return entry?.held ?? entry?.error;
  }

  /** The version that is live, or 0. */
  versionOf(name: string): number {
    return this.entries.get(name)?.version ?? 0;
  }

  /** Every live matcher, in the order of registration. */
  matchers(): readonly LiveMatcher[] {
    this.all ??= inOrder([...this.kinds.values()].flatMap(set => [...set]));
    return this.all;
  }

  /** The sentences by which people can know the live matchers. */
  get sentences(): SentenceIndex<LiveMatcher> {
    this.known ??= new SentenceIndex(
      this.matchers().flatMap(key => sentencesOf(key.record).map(text => ({ key, text })))
    );
    return this.known;
  }

  /** The live matchers of one kind, in the order of registration. */
  matchersOf<K extends MatcherKind>(kind: K): readonly LiveMatcherOf<K>[] {
    let matchers = this.byKind.get(kind);
    if (!matchers) {
      matchers = inOrder([...(this.kinds.get(kind) ?? [])]);
      this.byKind.set(kind, matchers);
    }
    return matchers as readonly LiveMatcher[] as readonly LiveMatcherOf<K>[];
  }

  /** A live matcher by its skill and its id. */
  matcher(skill: string, id: string): LiveMatcher | undefined {
    return this.entries.get(skill)?.matchers.find(({ record }) => record.id === id);
  }

  /** The matchers whose linear patterns match a text, in no particular order. */
  match(text: string): LiveMatcher[] {
    const found = new Set(this.index.match(text));
    if (text.endsWith('\n')) {
      // The `$` of some patterns holds here too.
      this.index
        .match(text.slice(0, -1))
        .filter(({ pattern }) => pattern instanceof LinearPattern && pattern.test(text))
        .forEach(matcher => found.add(matcher));
    }
    return [...found].filter(({ pattern }) => fits(pattern, text));
  }

  /**
   * Puts a skill into force, in place of an older version of it. Nobody sees a state in between.
   *
   * @throws ChatOpsError `CHATOPS_MATCHER_PATTERN` or `CHATOPS_MATCHER_CRONTAB`; then nothing has
   * changed.
   */
  put(skill: Skill, facts: LoadFacts = {}): SkillChange {
    const old = this.entries.get(skill.name);
    const position = old?.position ?? this.nextPosition++;
    const version = (old?.version ?? 0) + 1;
    const known = new Map(old?.matchers.map(matcher => [matcher.record.id, matcher]));
    const matchers = skill.matchers.map((record, i) => {
      const before = known.get(record.id);
      return {
        skill: skill.name,
        version,
        record,
        // Most edits leave the patterns as they are, and compiling one takes long.
        pattern: before && samePattern(before.record, record) ? before.pattern : compile(record),
        order: position * ORDER_STEP + i
      };
    });
    const difference = compareMatchers(old?.skill?.matchers ?? [], skill.matchers);
    for (const matcher of matchers) {
      const before = known.get(matcher.record.id);
      if (before && before.pattern === matcher.pattern) {
        this.index.rename(before, matcher);
      }
    }
    this.withdraw(old);
    matchers.forEach(matcher => this.enter(matcher));
    this.entries.set(skill.name, {
      position,
      source: skill.source,
      version,
      loadedAt: this.now(),
      skill,
      matchers,
      generation: ++this.changes
    });
    return {
      skill: skill.name,
      kind: old?.skill ? 'changed' : 'added',
      version,
      ...difference,
      warnings: [...(facts.warnings ?? []), ...matchers.flatMap(guardWarning)],
      duration: facts.duration ?? 0
    };
  }

  /** Notes that the newest version of a skill would not load; the one that is live stays. */
  refuse(
    name: string,
    source: SkillSource,
    error: ErrorRecord,
    facts: LoadFacts = {}
  ): SkillChange {
    const old = this.entries.get(name);
    const generation = ++this.changes;
    if (old) {
      old.error = error;
      old.generation = generation;
    } else {
      this.entries.set(name, {
        position: this.nextPosition++,
        source,
        version: 0,
        matchers: [],
        generation,
        error
      });
    }
    return this.plainChange(name, 'failed', { ...facts, error });
  }

  /** Notes that a skill was looked at and found as it was, with what is wrong with its newest version. */
  keep(name: string, facts: LoadFacts = {}): SkillChange {
    return this.plainChange(name, 'unchanged', facts);
  }

  /**
   * Keeps a skill from answering, until it is put into force anew or removed. Its matchers stay, so
   * that whoever means it is told.
   */
  hold(name: string, error: ErrorRecord): SkillChange {
    const entry = this.entries.get(name);
    if (entry) {
      entry.held = error;
      // Patterns without a linear form may be what went wrong.
      entry.matchers.forEach(matcher => {
        this.guarded.delete(matcher);
        this.limited.delete(matcher);
      });
      entry.generation = ++this.changes;
    }
    return this.plainChange(name, 'held', { error });
  }

  /** Why a skill is kept from answering; nothing when it is not. */
  heldBecause(name: string): ErrorRecord | undefined {
    return this.entries.get(name)?.held;
  }

  /** Takes a skill out. */
  remove(name: string): SkillChange {
    const old = this.entries.get(name);
    this.withdraw(old);
    this.entries.delete(name);
    this.changes++;
    return { ...this.plainChange(name, 'removed', {}), removed: [...(old?.skill?.matchers ?? [])] };
  }

  /** Puts the skills into this order, in which equal scores are decided; others follow as they were. */
  arrange(names: readonly string[]): void {
    const rest = [...this.entries.keys()].filter(name => !names.includes(name));
    const ordered = [...names, ...rest].flatMap(name => {
      const entry = this.entries.get(name);
      return entry ? ([[name, entry]] as const) : [];
    });
    this.entries.clear();
    ordered.forEach(([name, entry], position) => {
      entry.position = position;
      entry.matchers.forEach((matcher, i) => (matcher.order = position * ORDER_STEP + i));
      this.entries.set(name, entry);
    });
    this.nextPosition = ordered.length;
    this.forget();
  }

  /** Tells everyone about a batch of changes. */
  announce(event: RegistryEvent): void {
    this.changed.emit(event);
  }

  /** What was worked out holds no longer. */
  private forget(): void {
    this.all = undefined;
    this.byKind.clear();
    this.known = undefined;
  }

  private enter(matcher: LiveMatcher): void {
    this.forget();
    const { record, pattern } = matcher;
    const kind = this.kinds.get(record.kind) ?? new Set();
    this.kinds.set(record.kind, kind.add(matcher));
    if (pattern instanceof LinearPattern) {
      if (!this.index.has(matcher)) {
        this.index.add(matcher, pattern);
      }
      if (pattern.isLimited) {
        this.limited.add(matcher);
      }
    } else if (pattern) {
      this.guarded.add(matcher);
    }
    if (record.kind === 'intent') {
      this.intents.add(matcher, record.examples ?? [record.intent]);
    }
  }

  private withdraw(entry: Entry | undefined): void {
    this.forget();
    for (const matcher of entry?.matchers ?? []) {
      this.index.delete(matcher);
      this.guarded.delete(matcher);
      this.limited.delete(matcher);
      this.intents.delete(matcher);
      this.kinds.get(matcher.record.kind)?.delete(matcher);
    }
  }

  private plainChange(
    skill: string,
    kind: SkillChange['kind'],
    { warnings = [], duration = 0, error }: LoadFacts & { error?: ErrorRecord }
  ): SkillChange {
    return {
      skill,
      kind,
      version: this.versionOf(skill),
      added: [],
      removed: [],
      changed: [],
      warnings,
      duration,
      ...(error && { error })
    };
  }
}

/** What the author of a pattern without a linear form should know. */
export function guardWarning({
  record,
  pattern
}: Pick<LiveMatcher, 'record' | 'pattern'>): ErrorRecord[] {
  const isGuarded = pattern !== undefined && 'reason' in pattern;
  if (!isGuarded || (record.kind !== 'regex' && record.kind !== 'parse')) {
    return [];
  }
  const parameters = { pattern: writtenPattern(record), reason: pattern.reason };
  const context = record.where && { where: record.where };
  return [chatOpsError('CHATOPS_MATCHER_GUARDED', parameters, context).record];
}

function toRecord([name, entry]: [string, Entry]): SkillRecord {
  const { held, skill, version, loadedAt, source, error } = entry;
  return {
    name,
    state: held ? 'held' : skill ? 'live' : 'error',
    version,
    ...(loadedAt !== undefined && { loadedAt }),
    source,
    matchers: [...(skill?.matchers ?? [])],
    ...((held ?? error) && { error: held ?? error })
  };
}

function inOrder(matchers: LiveMatcher[]): readonly LiveMatcher[] {
  return matchers.toSorted((a, b) => a.order - b.order);
}

function fits(pattern: LiveMatcher['pattern'], text: string): boolean {
  return pattern instanceof LinearPattern && pattern.fits(text);
}

/** @throws ChatOpsError for what can never match. */
function compile(record: MatcherRecord): LinearPattern | { reason: string } | undefined {
  if (record.kind === 'crontab') {
    Crontab.parse(record);
  }
  if (record.kind === 'intent') {
    checkExamples(record);
  }
  if (record.kind !== 'regex' && record.kind !== 'parse') {
    return undefined;
  }
  try {
    const pattern = LinearPattern.compile(record);
    if (!(pattern instanceof LinearPattern)) {
      // What the guarded engine cannot read either would fail at each message.
      NativePattern.check(record);
    }
    return pattern;
  } catch (error) {
    throw chatOpsError(
      'CHATOPS_MATCHER_PATTERN',
      { pattern: writtenPattern(record), reason: reasonOf(error) },
      { ...(record.where && { where: record.where }), cause: error }
    );
  }
}

/** @throws ChatOpsError for an example whose fields cannot be read. */
function checkExamples({ examples = [], where }: MatcherRecordOf<'intent'>): void {
  for (const example of examples.filter(text => text.includes('{'))) {
    try {
      readPattern({ kind: 'parse', format: example, caseSensitive: false, condition: 'match' });
    } catch (error) {
      throw chatOpsError(
        'CHATOPS_MATCHER_PATTERN',
        { pattern: `"${example}"`, reason: reasonOf(error) },
        { ...(where && { where }), cause: error }
      );
    }
  }
}
