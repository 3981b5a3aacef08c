import type { Candidate, Trace } from '../protocol';
import type { EngineParts } from './engine-parts';
import { argumentAgainst, rankCandidates } from './matching';

/** Who says something where, when it is only tried. */
export type DryPlace = Pick<Trace, 'connector' | 'room' | 'user'>;

/** What would happen with a text, without anything happening. */
export async function dryRun(
  text: string,
  place: DryPlace,
  parts: Pick<EngineParts, 'clock' | 'ranking' | 'roles'>
): Promise<Trace> {
  const { clock } = parts;
  const began = clock.elapsed();
  const time = clock.now();
  const ranking = await rankCandidates({ text, ...place }, parts.ranking);
  const matching = clock.elapsed() - began;
  const candidate = ranking.winner === undefined ? undefined : ranking.candidates[ranking.winner];
  const refusal = candidate && (await refusalOf(candidate, place, parts));
  return {
    seq: 0,
    ...place,
    text,
    time,
    ...ranking,
    outcome: outcomeOf(candidate, refusal),
    ...(refusal !== undefined && { refusal }),
    matching,
    duration: matching
  };
}

/** Functions of the skill are not asked here: nothing of it runs. */
async function refusalOf(
  { matcher, captures }: Candidate,
  place: DryPlace,
  { roles }: Pick<EngineParts, 'roles'>
): Promise<string | undefined> {
  const yes = (): Promise<true> => Promise.resolve(true);
  const refusal = await roles.refusal(matcher.roles, place, captures, yes);
  return refusal ?? argumentAgainst(matcher, captures);
}

function outcomeOf(
  candidate: Candidate | undefined,
  refusal: string | undefined
): Trace['outcome'] {
  if (candidate === undefined) {
    return 'unmatched';
  }
  if (refusal !== undefined) {
    return 'refused';
  }
  const { matcher, reading } = candidate;
  const isAsked =
    matcher.confirm !== undefined ||
    matcher.approvers !== undefined ||
    (reading !== undefined && matcher.sideEffects !== false);
  return isAsked ? 'asked' : 'answered';
}
