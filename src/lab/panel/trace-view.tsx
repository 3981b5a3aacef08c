import { useEffect, useState } from 'react';
import {
  matcherText,
  toErrorRecord,
  type Candidate,
  type ErrorRecord,
  type Run,
  type Trace
} from '../../protocol';
import { highlight } from '../chat/highlight';
import { useChatContext } from './chat-context';
import { ErrorCard, SourceLink } from './error-card';

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
    <section className="jp-ChatOps-trace" id={id} aria-label={trans.__('Why')} aria-busy={!trace}>
      {error && <ErrorCard error={error} />}
      {trace && <Weighed trace={trace} />}
      {trace?.run && <RunReport run={trace.run} />}
    </section>
  );
}

function Weighed({ trace }: { trace: Trace }): React.JSX.Element {
  const { trans } = useChatContext();
  const { candidates, winner, considered, text, troubles } = trace;
  const best = candidates[winner ?? 0];
  return (
    <>
      <p className="jp-ChatOps-tracedText" dir="auto">
        {highlight(text, best?.spans ?? []).map(({ part, marked }, index) =>
          marked ? <mark key={index}>{part}</mark> : part
        )}
      </p>
      <p className="jp-ChatOps-traceSummary">
        {trans._n(
          '%1 matcher was tried, %2 matched.',
          '%1 matchers were tried, %2 matched.',
          considered,
          candidates.length
        )}
      </p>
      {candidates.length > 0 && (
        <ol className="jp-ChatOps-candidates">
          {candidates.map((candidate, index) => (
            <CandidateItem
              key={`${candidate.skill} ${candidate.matcher.id}`}
              candidate={candidate}
              isWinner={index === winner}
            />
          ))}
        </ol>
      )}
      {troubles.map((trouble, index) => (
        <ErrorCard key={index} error={trouble} />
      ))}
    </>
  );
}

function CandidateItem({
  candidate,
  isWinner
}: {
  candidate: Candidate;
  isWinner: boolean;
}): React.JSX.Element {
  const { trans } = useChatContext();
  const { skill, matcher, score, captures, excluded } = candidate;
  return (
    <li className="jp-ChatOps-candidate" data-winner={isWinner}>
      <div className="jp-ChatOps-candidateHead">
        <strong>{skill}</strong>
        <code className="jp-ChatOps-pattern">{matcherText(matcher)}</code>
        {isWinner && <span className="jp-ChatOps-winner">{trans.__('answered')}</span>}
      </div>
      <dl className="jp-ChatOps-facts">
        <dt>{trans.__('Score')}</dt>
        <dd>
          {trans.__(
            '%1 = %2 (pattern of %3 characters) × %4 (factor)',
            score.score.toFixed(3),
            score.base.toFixed(3),
            score.length,
            score.factor
          )}
        </dd>
        <dt>{trans.__('Covers')}</dt>
        <dd>{trans.__('%1 % of the message', Math.round(score.coverage * 100))}</dd>
        {captures.map(({ name, value }) => (
          <Fact key={name} name={trans.__('Group %1', name)}>
            {value === null ? trans.__('took no part') : <code>{value}</code>}
          </Fact>
        ))}
        {excluded !== undefined && <Fact name={trans.__('Excluded')}>{excluded}</Fact>}
        {matcher.where && (
          <Fact name={trans.__('Written in')}>
            <SourceLink where={matcher.where} />
          </Fact>
        )}
      </dl>
    </li>
  );
}

function RunReport({ run }: { run: Run }): React.JSX.Element {
  const { trans } = useChatContext();
  return (
    <>
      <dl className="jp-ChatOps-facts">
        <Fact name={trans.__('Ran for')}>{trans.__('%1 ms', milliseconds(run.duration))}</Fact>
        {run.http.map(({ method, url, status, error, duration }, index) => (
          <Fact key={index} name={method}>
            <span className="jp-ChatOps-breakable">{url}</span>{' '}
            {trans.__('%1, %2 ms', status ?? error ?? '', milliseconds(duration))}
          </Fact>
        ))}
      </dl>
      {run.logs.length > 0 && (
        <ul className="jp-ChatOps-logLines" aria-label={trans.__('What the skill logged')}>
          {run.logs.map(({ level, text }, index) => (
            <li key={index} data-level={level}>
              <span className="jp-ChatOps-level">{level}</span> {text}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }): React.JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function milliseconds(duration: number): string {
  return duration < 10 ? duration.toFixed(1) : Math.round(duration).toString();
}
