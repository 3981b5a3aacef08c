import { useEffect, useState } from 'react';
import { toErrorRecord, type ErrorRecord, type Trace } from '../../protocol';
import { useChatContext } from './chat-context';
import { ErrorCard } from './error-card';
import { DryRunBox } from './explainer/dry-run-box';
import { TraceReport } from './explainer/trace-report';

/** Why a message was answered as it was: what matched, how it was weighed, and how the winner fared. */
export function TraceView({ seq, id }: { seq: number; id: string }): React.JSX.Element {
  const { model, trans } = useChatContext();
  const [trace, setTrace] = useState<Trace>();
  const [error, setError] = useState<ErrorRecord>();
  useEffect(() => {
    let isCurrent = true;
    model.trace(seq).then(
      answer => isCurrent && setTrace(answer),
      reason => isCurrent && setError(toErrorRecord(reason))
    );
    return () => {
      isCurrent = false;
    };
  }, [model, seq]);
  return (
    // No region of the page: there may be one for each message.
    <fieldset
      className="jp-ChatOps-trace"
      id={id}
      aria-label={trans.__('Why')}
      aria-busy={!trace && !error}
    >
      {error && <ErrorCard error={error} />}
      {trace && <TraceReport trace={trace} />}
      {(trace ?? error) && <DryRunBox text={trace?.text ?? model.find(seq)?.message.text ?? ''} />}
    </fieldset>
  );
}
