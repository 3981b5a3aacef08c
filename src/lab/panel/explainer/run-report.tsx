import type { TranslationBundle } from '@jupyterlab/translation';
import { Fragment } from 'react';
import type { Companion, Run, Trace } from '../../../protocol';
import { useChatContext } from '../chat-context';
import { ErrorCard } from '../error-card';
import { Fact, milliseconds } from './fact';

/** How the winner fared, and what ran beside it. */
export function RunReports({ trace }: { trace: Trace }): React.JSX.Element | null {
  const { trans } = useChatContext();
  const { run, companions = [], seq } = trace;
  if (seq === 0) {
    return null;
  }
  return (
    <div className="jp-ChatOps-runs">
      <Times trace={trace} />
      {run && <RunReport run={run} title={trans.__('The run of %1', run.skill)} />}
      {companions.map((companion, index) => (
        <RunReport key={index} run={companion.run} title={companionTitle(companion, trans)} />
      ))}
    </div>
  );
}

function companionTitle({ kind, run }: Companion, trans: TranslationBundle): string {
  switch (kind) {
    case 'always':
      return trans.__('%1 ran beside it: it is called for every event', run.skill);
    case 'event':
      return trans.__('%1 ran beside it: it is called for this kind of event', run.skill);
    case 'catchall':
      return trans.__('%1 ran: it takes what nothing else matches', run.skill);
  }
}

/** The time from taking the message to its end, as a bar of its parts. */
function Times({ trace }: { trace: Trace }): React.JSX.Element {
  const { trans } = useChatContext();
  const { matching, run, duration } = trace;
  const parts = [
    { name: trans.__('matching'), value: matching },
    ...(run ? [{ name: trans.__('run'), value: run.duration }] : [])
  ];
  const rest = duration - parts.reduce((sum, { value }) => sum + value, 0);
  const all = [...parts, ...(rest > 0.05 ? [{ name: trans.__('the rest'), value: rest }] : [])];
  return (
    <div className="jp-ChatOps-times">
      <div className="jp-ChatOps-timeBar" aria-hidden="true">
        {all.map(({ name, value }) => (
          <span key={name} style={{ flexGrow: Math.max(value, 0.01) }} />
        ))}
      </div>
      <p>
        {trans.__('Took %1 ms:', milliseconds(duration))}{' '}
        {all.map(({ name, value }) => (
          <Fragment key={name}>
            <span className="jp-ChatOps-timePart">
              <i aria-hidden="true" /> {name} {milliseconds(value)}
            </span>{' '}
          </Fragment>
        ))}
      </p>
    </div>
  );
}

function RunReport({ run, title }: { run: Run; title: string }): React.JSX.Element {
  const { trans } = useChatContext();
  const { duration, replies, http, logs, error } = run;
  return (
    <fieldset className="jp-ChatOps-run" aria-label={title}>
      <h3 className="jp-ChatOps-part">{title}</h3>
      <dl className="jp-ChatOps-facts">
        <Fact name={trans.__('Ran for')}>{trans.__('%1 ms', milliseconds(duration))}</Fact>
        <Fact name={trans.__('Said')}>{trans._n('%1 message', '%1 messages', replies.length)}</Fact>
        {http.map(({ method, url, status, error: reason, duration: time }, index) => (
          <Fact key={index} name={method}>
            <span className="jp-ChatOps-breakable">{url}</span>{' '}
            <span
              className="jp-ChatOps-httpStatus"
              data-failed={status === undefined || status >= 400}
            >
              {status ?? reason ?? trans.__('no answer')}
            </span>{' '}
            {trans.__('%1 ms', milliseconds(time))}
          </Fact>
        ))}
      </dl>
      {logs.length > 0 && (
        <ul className="jp-ChatOps-logLines" aria-label={trans.__('What the skill logged')}>
          {logs.map(({ level, text }, index) => (
            <li key={index} data-level={level}>
              <span className="jp-ChatOps-level">{level}</span> {text}
            </li>
          ))}
        </ul>
      )}
      {error && <ErrorCard error={error} />}
    </fieldset>
  );
}
