import { useId } from 'react';
import type { Trace } from '../../../protocol';
import { verdictOf } from '../../why/verdict';
import { useChatContext } from '../chat-context';
import { ErrorCard } from '../error-card';
import { CandidateItem } from './candidate-item';
import { GuardedNote } from './guarded-note';
import { MarkedText } from './marked-text-view';
import { NearMissList } from './near-miss-list';
import { OthersList } from './others-list';
import { RunReports } from './run-report';
import { UnaskedNote } from './unasked-note';

/** What was, or would be, weighed for a text, and how the winner fared if it ran. */
export function TraceReport({ trace }: { trace: Trace }): React.JSX.Element {
  const { trans } = useChatContext();
  const id = useId();
  const { candidates, winner, text, troubles, nearMisses = [], unasked = [] } = trace;
  const { tone, headline, reason } = verdictOf(trace, trans);
  const chosen = winner === undefined ? undefined : candidates[winner];
  // What a language model made of the text stands with the candidate: its places are not the text's.
  const marked = chosen?.reading === undefined ? chosen : undefined;
  return (
    <div className="jp-ChatOps-report">
      <p className="jp-ChatOps-verdict" data-tone={tone}>
        <strong>{headline}</strong> {reason}
      </p>
      <MarkedText text={text} spans={marked?.spans ?? []} captures={marked?.captures ?? []} />
      {nearMisses.length > 0 && <NearMissList misses={nearMisses} />}
      {candidates.length > 0 && (
        <h3 className="jp-ChatOps-part" id={id}>
          {trans.__('What matched, best first')}
        </h3>
      )}
      {candidates.length > 0 && (
        <ol className="jp-ChatOps-candidates" aria-labelledby={id}>
          {candidates.map((candidate, index) => (
            <CandidateItem
              key={`${candidate.skill} ${candidate.matcher.id} ${candidate.reading ?? ''}`}
              candidate={candidate}
              place={index}
              trace={trace}
            />
          ))}
        </ol>
      )}
      {unasked.length > 0 && <UnaskedNote unasked={unasked} />}
      <OthersList trace={trace} />
      <GuardedNote trace={trace} />
      {troubles.map((trouble, index) => (
        <ErrorCard key={index} error={trouble} />
      ))}
      <RunReports trace={trace} />
    </div>
  );
}
