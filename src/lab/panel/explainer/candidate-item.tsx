import type { Candidate, Trace } from '../../../protocol';
import { useChatContext } from '../chat-context';
import { SourceLink } from '../error-card';
import { CaptureList } from './capture-list';
import { MarkedText } from './marked-text-view';
import { MatcherLine } from './matcher-line';
import { ScoreView } from './score-view';

/** One matcher that matched: what it found, how that was weighed, and what kept it from answering. */
export function CandidateItem({
  candidate,
  place,
  trace
}: {
  candidate: Candidate;
  /** Its place in the ranking, from 0 on. */
  place: number;
  trace: Trace;
}): React.JSX.Element {
  const { trans } = useChatContext();
  const { skill, matcher, score, captures, entities, spans, excluded, reading } = candidate;
  const isWinner = place === trace.winner;
  return (
    <li
      className="jp-ChatOps-candidate"
      data-winner={isWinner}
      data-excluded={excluded !== undefined}
    >
      <div className="jp-ChatOps-candidateHead">
        <span className="jp-ChatOps-rank" aria-hidden="true">
          {place + 1}
        </span>
        <strong>{skill}</strong>
        {isWinner && (
          <span className="jp-ChatOps-winner">
            {trace.seq === 0 ? trans.__('best') : trans.__('chosen')}
          </span>
        )}
      </div>
      {matcher.description !== undefined && (
        <p className="jp-ChatOps-candidateNote">{matcher.description}</p>
      )}
      <MatcherLine matcher={matcher} />
      {matcher.where && <SourceLink where={matcher.where} />}
      {reading !== undefined && (
        <p className="jp-ChatOps-candidateNote">{trans.__('A language model read the text as:')}</p>
      )}
      {/* The winner's own marks stand in the text above. */}
      {(reading !== undefined || !isWinner) && (
        <MarkedText text={reading ?? trace.text} spans={spans} captures={captures} />
      )}
      <CaptureList captures={captures} entities={entities} />
      <ScoreView score={score} />
      {excluded !== undefined && (
        <p className="jp-ChatOps-excluded">{trans.__('May not answer: %1', excluded)}</p>
      )}
    </li>
  );
}
