import type { TranslationBundle } from '@jupyterlab/translation';
import type { Candidate, Outcome, Trace } from '../../protocol';

/** How a verdict is coloured. */
export type VerdictTone = 'good' | 'none' | 'ask' | 'bad';

/** What became of a text, or would become of it, in two sentences. */
export interface Verdict {
  readonly tone: VerdictTone;
  readonly headline: string;
  /** Why it was this one and no other; empty where there is nothing to say. */
  readonly reason: string;
}

const TONES: Record<Outcome, VerdictTone> = {
  answered: 'good',
  answer: 'good',
  asked: 'ask',
  refused: 'bad',
  failed: 'bad',
  stopped: 'bad',
  interrupted: 'bad',
  unmatched: 'none'
};

/** Sums a trace up. Words between backticks are code. */
export function verdictOf(trace: Trace, trans: TranslationBundle): Verdict {
  const { candidates, winner, outcome } = trace;
  const chosen = winner === undefined ? undefined : candidates[winner];
  const tone = TONES[outcome];
  if (chosen) {
    return {
      tone,
      headline: headlineOf(chosen.skill, trace, trans),
      reason: outcome === 'refused' ? (trace.refusal ?? '') : reasonOf(chosen, candidates, trans)
    };
  }
  const others = trans._n('%1 matcher was tried.', '%1 matchers were tried.', trace.considered);
  if (outcome === 'answer') {
    return { tone, headline: trans.__('This answered a question of the bot.'), reason: '' };
  }
  const stand = trace.companions?.find(({ kind }) => kind === 'catchall');
  if (stand) {
    return {
      tone,
      headline: headlineOf(stand.run.skill, trace, trans),
      reason: trans.__('It takes what no other skill matches. %1', others)
    };
  }
  if (candidates.length > 0) {
    return {
      tone: 'none',
      headline: trans.__('Nobody answers this.'),
      reason: trans._n(
        '%1 matcher fits, and may not answer here.',
        '%1 matchers fit, and none of them may answer here.',
        candidates.length
      )
    };
  }
  return { tone: 'none', headline: trans.__('No skill matches this.'), reason: others };
}

function headlineOf(
  skill: string,
  { outcome, seq, run }: Pick<Trace, 'outcome' | 'seq' | 'run'>,
  trans: TranslationBundle
): string {
  if (seq === 0) {
    switch (outcome) {
      case 'asked':
        return trans.__('%1 would ask first, before it acts.', skill);
      case 'refused':
        return trans.__('%1 would not be allowed.', skill);
      default:
        return trans.__('%1 would answer.', skill);
    }
  }
  switch (outcome) {
    case 'asked':
      return trans.__('%1 asks first, before it acts.', skill);
    case 'refused':
      return trans.__('%1 is not allowed.', skill);
    case 'failed':
      return trans.__('%1 was chosen, and failed.', skill);
    case 'stopped':
      // What is on hold is never begun.
      return run === undefined || run.error?.code === 'CHATOPS_SKILL_ON_HOLD'
        ? trans.__('%1 was chosen, and did not run: it is on hold.', skill)
        : trans.__('%1 was chosen, and stopped.', skill);
    case 'interrupted':
      return trans.__('%1 was chosen; the bot ended meanwhile.', skill);
    default:
      return trans.__('%1 answered.', skill);
  }
}

/** Why a candidate is before the next one that could have won. */
function reasonOf(
  chosen: Candidate,
  candidates: readonly Candidate[],
  trans: TranslationBundle
): string {
  const rival = candidates.find(other => other !== chosen && other.excluded === undefined);
  if (!rival) {
    return candidates.length === 1
      ? trans.__('It is the only one that matches.')
      : trans.__('It is the only one that matches and may answer.');
  }
  const [mine, theirs] = [chosen.score, rival.score];
  if (mine.score > theirs.score) {
    return trans.__(
      'Its score is the best: %1, before %2 of %3.',
      shortNumber(mine.score),
      shortNumber(theirs.score),
      rival.skill
    );
  }
  if (mine.coverage > theirs.coverage) {
    return trans.__('It has the score of %1, and covers more of the text.', rival.skill);
  }
  return chosen.matcher.kind === rival.matcher.kind
    ? trans.__('It has the score of %1, and was loaded before it.', rival.skill)
    : trans.__(
        'It has the score of %1, and patterns go before what is understood by meaning.',
        rival.skill
      );
}

/** A number between 0 and 1 as short as it can be told apart: at most four digits. */
export function shortNumber(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}

/** A score for where many stand below each other: always three digits. */
export function scoreText(score: number): string {
  return score.toFixed(3);
}
