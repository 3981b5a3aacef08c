import {
  chatOpsError,
  describeError,
  eventTypeOf,
  textEventTypes,
  type Candidate,
  type ChatMessage,
  type Companion,
  type ErrorRecord,
  type Handled,
  type MatcherRecord,
  type Run
} from '../protocol';
import type { PendingAction } from './conversation';
import type { EngineParts } from './engine-parts';
import { filtersAccept } from './event-filter';
import { concluded, typeOf, type HandlingResult, type Verdict } from './handling-result';
import { constraintAgainst, rankCandidates, type Ranking } from './matching';
import type { Asker } from './permission';
import { Proposer } from './proposer';
import type { LiveMatcher } from './skill-registry';
import { SkillRequests } from './skill-requests';
import type { Invocation, RunContext, RunResult } from './skill-runner';

/** How long a skill works before its room is told that the bot is writing, in milliseconds. */
const TYPING_AFTER = 300;

/**
 * One event from the moment it leaves its room's queue: match, decide, run, and the record of it.
 */
export class EventHandling {
  private readonly began: number;
  private readonly asker: Asker;
  private readonly proposer: Proposer;
  private readonly called = new Set<string>();
  private value: unknown;

  /**
   * @param message - the event.
   * @param release - lets the next event of the room go ahead while this one waits for an answer.
   * @param depth - how many events led to this one.
   */
  constructor(
    private readonly parts: EngineParts,
    private readonly message: ChatMessage,
    private readonly release: () => void,
    private readonly depth = 0
  ) {
    this.began = parts.clock.elapsed();
    this.asker = { user: message.user, connector: message.connector };
    this.proposer = new Proposer(parts);
  }

  /** Handles the event by whoever it concerns. */
  async finish(): Promise<HandlingResult> {
    const isText = textEventTypes.includes(typeOf(this.message));
    const reaction = isText ? this.proposer.answeredBy(this.message) : undefined;
    if (reaction && 'refusal' in reaction) {
      await this.say(reaction.refusal, { notice: 'error' });
      const verdict = { outcome: 'answer' as const, refusal: reaction.refusal };
      return this.conclude(NO_RANKING, 0, verdict, []);
    }
    if (reaction) {
      return this.answerAction(reaction.action, reaction.yes);
    }
    const ranked = isText ? rankCandidates(this.message, this.parts.ranking) : NO_RANKING;
    const ranking = ranked instanceof Promise ? await ranked : ranked;
    const matching = this.parts.clock.elapsed() - this.began;
    const candidate = ranking.winner === undefined ? undefined : ranking.candidates[ranking.winner];
    const companions = this.companionMatchers(candidate);
    // A skill that is called for everything must not hold up the answer.
    const beside = [
      this.runAll('always', companions.always),
      this.runAll('event', companions.events)
    ].filter(isSome);
    const verdict = candidate ? await this.decide(candidate) : UNMATCHED;
    const ran = beside.length > 0 ? (await Promise.all(beside)).flat() : [];
    const leftOver = candidate ? undefined : this.runAll('catchall', this.catchalls(isText));
    return this.conclude(
      ranking,
      matching,
      verdict,
      leftOver ? [...ran, ...(await leftOver)] : ran
    );
  }

  /** Handles the event by one matcher that it was meant for: a schedule's, a webhook's. */
  async finishBy(matcher: LiveMatcher): Promise<HandlingResult> {
    const { skill, version, record } = matcher;
    const run = await this.run(this.invocation(skill, version, record.id), record);
    const result = this.conclude(NO_RANKING, 0, { ...run, skill }, []);
    return { ...result, ...(this.value !== undefined && { value: this.value }) };
  }

  /** A skill was at work on this when the process before this one ended. */
  async giveUp(skill: string): Promise<Handled> {
    const { record } = chatOpsError('CHATOPS_SKILL_INTERRUPTED', { name: skill });
    await this.reportFailure(skill, record);
    return { outcome: 'interrupted', skill, duration: 0 };
  }

  /** Asks for what the winner still needs, and runs it. */
  private async decide(candidate: Candidate): Promise<Verdict> {
    const { skill, version, matcher, reading } = candidate;
    const held = this.parts.registry.heldBecause(skill);
    if (held) {
      await this.reportFailure(skill, held);
      return { outcome: 'stopped', held };
    }
    const invocation = {
      ...this.invocation(skill, version, matcher.id),
      ...foundBy(candidate, this.message)
    };
    const refused = this.proposer.refusal(matcher, invocation, this.asker);
    const refusal = refused instanceof Promise ? await refused : refused;
    if (refusal !== undefined) {
      await this.say(`${skill} is not done: ${refusal}.`, { notice: 'error', skill });
      return { outcome: 'refused', refusal };
    }
    const asked = this.proposer.mayAsk(matcher, reading)
      ? await this.propose(matcher, invocation, reading)
      : undefined;
    return asked ?? this.run(invocation, matcher);
  }

  /** Asks before acting. Nothing when there is nothing to be asked. */
  private async propose(
    matcher: MatcherRecord,
    invocation: Invocation,
    reading: string | undefined
  ): Promise<Verdict | undefined> {
    const { skill } = invocation;
    try {
      const question = await this.proposer.questionFor(matcher, invocation, reading);
      if (question === undefined) {
        return undefined;
      }
      this.called.add(handlerKey(skill, matcher));
      await this.proposer.propose(matcher, invocation, question);
      return { outcome: 'asked' };
    } catch (error) {
      const { record } = chatOpsError('CHATOPS_CONFIRM_FAILED', { name: skill }, { cause: error });
      await this.reportFailure(skill, record);
      return { outcome: 'failed' };
    }
  }

  /** Someone said yes or no to what was proposed to them. */
  private async answerAction(action: PendingAction, yes: boolean): Promise<HandlingResult> {
    const { skill, matcher } = action;
    const settled = await this.proposer.settle(action, yes, this.message.user);
    const verdict: Verdict = { outcome: 'answer', skill };
    if (settled === 'declined') {
      await this.say('It is not done.', { skill });
    } else if (typeof settled !== 'string') {
      const isChanged = settled.error.code === 'CHATOPS_ACTION_CHANGED';
      const again = isChanged ? await this.askAgain(action) : undefined;
      if (again) {
        const { run } = again;
        const result = this.conclude(NO_RANKING, 0, { ...verdict, ...(run && { run }) }, []);
        const handled = { outcome: again.outcome, skill, duration: 0 };
        return { ...result, confirmed: { seq: action.seq, handled } };
      }
      await this.reportFailure(skill, settled.error);
    } else {
      const live = this.parts.registry.matcher(skill, matcher)!;
      const invocation = this.proposer.invocationOf(action, live.version);
      const refusal = await this.proposer.refusal(live.record, invocation, {
        user: action.user,
        connector: action.connector
      });
      if (refusal !== undefined) {
        await this.say(`${skill} is not done: ${refusal}.`, { notice: 'error', skill });
        const result = this.conclude(NO_RANKING, 0, { ...verdict, refusal }, []);
        const handled = { outcome: 'refused' as const, skill, matcher, duration: 0 };
        return { ...result, confirmed: { seq: action.seq, handled } };
      }
      const { outcome, run } = await this.run(invocation, live.record);
      const result = this.conclude(NO_RANKING, 0, { ...verdict, ...(run && { run }) }, []);
      const handled = { outcome, skill, matcher, duration: run?.duration ?? 0 };
      return { ...result, confirmed: { seq: action.seq, handled } };
    }
    return this.conclude(NO_RANKING, 0, verdict, []);
  }

  /**
   * A skill was changed between its question and the yes: what was said is read anew, and what it
   * would do now is asked. Nothing when it is understood no more.
   */
  private async askAgain({ seq, skill }: PendingAction): Promise<Verdict | undefined> {
    const message = this.parts.journal.get(seq);
    const ranking = message && (await rankCandidates(message, this.parts.ranking));
    const candidate = ranking?.candidates[ranking.winner ?? -1];
    if (!message || candidate?.skill !== skill) {
      return undefined;
    }
    await this.say(`The skill \`${skill}\` was changed meanwhile, so I ask again.`, { skill });
    return new EventHandling(this.parts, message, this.release, this.depth).decide(candidate);
  }

  /** What is called beside the winner; never the winner's own handler. */
  private companionMatchers(
    winner: Candidate | undefined
  ): Record<'always' | 'events', LiveMatcher[]> {
    if (winner) {
      this.called.add(handlerKey(winner.skill, winner.matcher));
    }
    const { registry } = this.parts;
    const type = typeOf(this.message);
    return {
      always: registry.matchersOf('always').filter(matcher => this.admits(matcher)),
      events: registry
        .matchersOf('event')
        .filter(
          matcher =>
            eventTypeOf(matcher.record.event) === type &&
            filtersAccept(matcher.record.filters, this.message) &&
            this.admits(matcher)
        )
    };
  }

  private catchalls(isText: boolean): LiveMatcher[] {
    return this.parts.registry
      .matchersOf('catchall')
      .filter(matcher => (isText || !matcher.record.messagesOnly) && this.admits(matcher));
  }

  private admits({ skill, record }: LiveMatcher): boolean {
    const { ranking, roles, registry } = this.parts;
    return (
      registry.heldBecause(skill) === undefined &&
      constraintAgainst(record, this.message, ranking.lookup) === undefined &&
      roles.mayTry(record.roles, this.asker)
    );
  }

  /** Calls handlers one after another, each at most once for this event; nothing to wait for when there are none. */
  private runAll(
    kind: Companion['kind'],
    matchers: readonly LiveMatcher[]
  ): Promise<Companion[]> | undefined {
    return matchers.length === 0 ? undefined : this.runEach(kind, matchers);
  }

  private async runEach(
    kind: Companion['kind'],
    matchers: readonly LiveMatcher[]
  ): Promise<Companion[]> {
    const companions: Companion[] = [];
    for (const { skill, version, record } of matchers) {
      const key = handlerKey(skill, record);
      if (!this.called.has(key)) {
        this.called.add(key);
        const invocation = this.invocation(skill, version, record.id);
        const refusal = await this.proposer.refusal(record, invocation, this.asker);
        if (refusal === undefined) {
          const { run } = await this.run(invocation, record);
          companions.push({ kind, run: run! });
        }
      }
    }
    return companions;
  }

  private async run(
    invocation: Invocation,
    { id }: MatcherRecord
  ): Promise<{ outcome: RunResult['outcome']; run: Run }> {
    const { skill, version } = invocation;
    const record: Run = {
      skill,
      version,
      matcher: id,
      duration: 0,
      replies: [],
      logs: [],
      http: []
    };
    const held = this.parts.registry.heldBecause(skill);
    if (held) {
      await this.reportFailure(skill, held);
      return { outcome: 'stopped', run: { ...record, error: held } };
    }
    const runner = this.parts.registry.get(skill)?.runner;
    if (!runner) {
      const { record: error } = chatOpsError('CHATOPS_SKILL_CHANGED', { name: skill });
      await this.reportFailure(skill, error);
      return { outcome: 'stopped', run: { ...record, error } };
    }
    const { journal, clock, mask } = this.parts;
    journal.start(this.message.seq, skill);
    const requests = new SkillRequests(this.parts, skill, {
      onReply: seq => record.replies.push(seq),
      onWait: this.release,
      depth: this.depth
    });
    const context: RunContext = {
      request: request => requests.serve(request),
      log: line => record.logs.push(mask(line)),
      http: call => record.http.push(mask(call)),
      release: this.release
    };
    const began = clock.elapsed();
    const stopTyping = this.showTyping();
    const result = await runner.run(invocation, context);
    stopTyping();
    await requests.close();
    record.duration = clock.elapsed() - began;
    if (result.outcome === 'answered') {
      this.value = result.value;
    } else if (result.error.code === 'CHATOPS_QUESTION_CANCELLED') {
      // Whoever calls a question off has called off what it was for.
      await this.say('Cancelled.', { skill });
      return { outcome: 'answered', run: record };
    } else {
      record.error = mask(result.error);
      await this.reportFailure(skill, result.error);
    }
    return { outcome: result.outcome, run: record };
  }

  private conclude(
    ranking: Ranking,
    matching: number,
    verdict: Verdict,
    companions: Companion[]
  ): HandlingResult {
    const duration = this.parts.clock.elapsed() - this.began;
    return concluded(
      this.message,
      { ranking, matching, verdict, companions, duration },
      this.parts.mask
    );
  }

  private invocation(skill: string, version: number, matcher: string): Invocation {
    const { message } = this;
    return { skill, version, matcher, message, text: message.text, spans: [], captures: [] };
  }

  private async say(
    text: string,
    more: Partial<Pick<ChatMessage, 'skill' | 'notice' | 'error'>>
  ): Promise<void> {
    const { connector, room, seq, thread } = this.message;
    if (room === '') {
      // A schedule has no room to answer in.
      await this.parts.speaker.notify({ text, notice: 'error', ...more }).catch(() => undefined);
      return;
    }
    const place = { connector, room, answers: seq, ...(thread !== undefined && { thread }) };
    await this.parts.speaker.post({ ...place, text, ...more }).catch(() => undefined);
  }

  private async reportFailure(skill: string, error: ErrorRecord): Promise<void> {
    await this.say(describeError(error), { skill, notice: 'error', error });
  }

  private showTyping(): () => void {
    const { clock, speaker } = this.parts;
    if (this.message.room === '') {
      return () => undefined;
    }
    let shown = false;
    const timer = clock.setTimeout(() => {
      shown = true;
      speaker.showTyping(this.message, true);
    }, TYPING_AFTER);
    return () => {
      clock.clearTimeout(timer);
      if (shown) {
        speaker.showTyping(this.message, false);
      }
    };
  }
}

const NO_RANKING: Ranking = { candidates: [], considered: 0, troubles: [] };

const UNMATCHED: Verdict = { outcome: 'unmatched' };

function isSome<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** Matchers that stand on one handler share this. */
function handlerKey(skill: string, { handler }: MatcherRecord): string {
  return `${skill}\n${handler}`;
}

function foundBy(
  { spans, captures, entities, reading }: Candidate,
  { text }: ChatMessage
): Pick<Invocation, 'text' | 'spans' | 'captures' | 'entities'> {
  return { text: reading ?? text, spans, captures, ...(entities && { entities }) };
}
