import {
  eventTypeOf,
  textEventTypes,
  type ChatMessage,
  type Companion,
  type ErrorRecord,
  type Handled,
  type Outcome,
  type Run,
  type Trace
} from '../protocol';
import type { Ranking } from './matching';

/** What became of the winner. */
export interface Verdict {
  outcome: Outcome;
  run?: Run;
  refusal?: string;
  /** Why it was not run. */
  held?: ErrorRecord;
  /** The skill it was, when there is no candidate that says so. */
  skill?: string;
}

/** What came of an event. */
export interface HandlingResult {
  handled: Handled;
  trace: Trace;
  /** What the handler returned, for whoever called it by HTTP. */
  value?: unknown;
  /** What became of an earlier message, which this one confirmed. */
  confirmed?: { seq: number; handled: Handled };
}

/** All that is known of an event at its end. */
export interface Conclusion {
  ranking: Ranking;
  /** How long matching took, in milliseconds. */
  matching: number;
  verdict: Verdict;
  companions: Companion[];
  /** How long all of it took, in milliseconds. */
  duration: number;
}

/**
 * What is kept of an event: in short for everyone who sees the message, and at length for whoever asks why.
 *
 * @param mask - takes secrets out of an error.
 */
export function concluded(
  message: ChatMessage,
  { ranking, matching, verdict, companions, duration }: Conclusion,
  mask: (error: ErrorRecord) => ErrorRecord
): HandlingResult {
  const { seq, room, connector, user, text, time } = message;
  const candidate = ranking.winner === undefined ? undefined : ranking.candidates[ranking.winner];
  const stand = candidate ? undefined : standIn(companions, message);
  const outcome = verdict.outcome === 'unmatched' && stand ? outcomeOf(stand.run) : verdict.outcome;
  const skill = verdict.skill ?? candidate?.skill ?? stand?.run.skill;
  const matcher = candidate?.matcher.id ?? stand?.run.matcher;
  const suggestion = outcome === 'unmatched' ? ranking.nearMisses?.[0]?.example : undefined;
  // Each is kept for long and there is one for every message: only what is there is put in.
  const handled: Handled = { outcome, duration };
  if (skill !== undefined) {
    handled.skill = skill;
  }
  if (matcher !== undefined) {
    handled.matcher = matcher;
  }
  if (candidate) {
    handled.score = candidate.score.score;
    if (candidate.reading === undefined) {
      handled.span = candidate.spans[0];
    }
  }
  if (verdict.held) {
    handled.reason = pick(mask(verdict.held));
  }
  if (suggestion !== undefined) {
    handled.suggestion = suggestion;
  }
  const { candidates, considered, troubles, guarded, unasked, winner, nearMisses } = ranking;
  const trace: Trace = {
    seq,
    room,
    connector,
    user,
    text,
    time,
    considered,
    candidates,
    outcome,
    troubles,
    matching,
    duration
  };
  if (guarded) {
    trace.guarded = guarded;
  }
  if (unasked) {
    trace.unasked = unasked;
  }
  if (winner !== undefined) {
    trace.winner = winner;
  }
  if (nearMisses) {
    trace.nearMisses = nearMisses;
  }
  if (verdict.refusal !== undefined) {
    trace.refusal = verdict.refusal;
  }
  if (verdict.run) {
    trace.run = verdict.run;
  }
  if (companions.length > 0) {
    trace.companions = companions;
  }
  return { handled, trace };
}

/** The kind of event, by its name. */
export function typeOf({ event }: ChatMessage): string {
  return eventTypeOf(event?.type ?? 'Message');
}

/** As much of an error as those who see the message are told. */
function pick({ code, message }: ErrorRecord): NonNullable<Handled['reason']> {
  return { code, message };
}

/** The run that answers for an event without a winner: a catch-all's; for other events than messages, any. */
function standIn(companions: readonly Companion[], message: ChatMessage): Companion | undefined {
  const isText = textEventTypes.includes(typeOf(message));
  return companions.find(({ kind }) => kind === 'catchall' || (!isText && kind === 'event'));
}

function outcomeOf({ error }: Run): Outcome {
  return error === undefined ? 'answered' : 'failed';
}
