import { useState } from 'react';
import type { SaidEntry, UnsentEntry } from '../chat/entry';
import { chatIcon } from '../icons';
import { useBotStatus, useChatContext } from './chat-context';
import { ErrorCard } from './error-card';
import { HandledChip } from './handled-chip';
import { MessageBody } from './message-body';
import { MessageContent } from './message-content';
import { MessageMarks } from './message-marks';
import { Row, useRowTabIndex } from './row';
import { fullTime, timeOfDay } from './times';
import { TraceView } from './trace-view';

/** Properties of a row with a message. */
export interface MessageRowProps {
  entry: SaidEntry | UnsentEntry;
  /** Whether it stands at the head of its group, under the sender's name. */
  isFirst: boolean;
}

/** One message: who said it and when, what was said, and what became of it. */
export function MessageRow({ entry, isFirst }: MessageRowProps): React.JSX.Element {
  const id = `jp-ChatOps-${entry.key}`;
  const isUnsent = entry.kind === 'unsent';
  const notice = isUnsent ? undefined : entry.message.notice;
  return (
    <Row
      entry={entry.key}
      className="jp-ChatOps-message"
      data-from={isUnsent || entry.own ? 'self' : entry.message.user.bot ? 'bot' : 'other'}
      data-first={isFirst}
      data-delivery={isUnsent ? entry.message.state : 'delivered'}
      data-notice={notice}
      aria-labelledby={`${id}-head ${id}-body`}
    >
      <div
        id={`${id}-head`}
        className={isFirst ? 'jp-ChatOps-head' : 'jp-ChatOps-head jp-mod-hidden'}
      >
        <Sender entry={entry} />{' '}
        <time dateTime={new Date(entry.time).toISOString()} title={fullTime(entry.time)}>
          {timeOfDay(entry.time)}
        </time>
      </div>
      {isUnsent ? (
        <MessageBody message={entry.key} text={entry.message.text} id={`${id}-body`} />
      ) : (
        <>
          <MessageContent message={entry.message} id={`${id}-body`} />
          <MessageMarks message={entry.message} />
        </>
      )}
      {isUnsent ? <Delivery entry={entry} /> : <Outcome entry={entry} id={`${id}-why`} />}
    </Row>
  );
}

function Sender({ entry }: { entry: SaidEntry | UnsentEntry }): React.JSX.Element {
  const { trans } = useChatContext();
  const { ready } = useBotStatus();
  const name =
    entry.kind === 'said'
      ? entry.message.user.name
      : (entry.message.user?.name ?? ready?.user.name ?? trans.__('You'));
  return (
    <>
      {entry.kind === 'said' && entry.message.user.bot && (
        <chatIcon.react tag="span" className="jp-ChatOps-botIcon" aria-hidden="true" />
      )}
      <span className="jp-ChatOps-sender" dir="auto">
        {name}
      </span>
    </>
  );
}

/** What keeps a message from being delivered, and what its author can do about it. */
function Delivery({ entry }: { entry: UnsentEntry }): React.JSX.Element {
  const { model, trans, actions } = useChatContext();
  const tabIndex = useRowTabIndex();
  const { state, error, text } = entry.message;
  if (state !== 'failed') {
    return <p className="jp-ChatOps-outcome jp-mod-late">{trans.__('waiting to be delivered')}</p>;
  }
  return (
    <div className="jp-ChatOps-undelivered">
      <p>{trans.__('Not delivered.')}</p>
      {error && <ErrorCard error={error} />}
      <p className="jp-ChatOps-choices">
        <button
          type="button"
          className="jp-ChatOps-link"
          tabIndex={tabIndex}
          onClick={() => model.retry(entry.key)}
        >
          {trans.__('Send again')}
        </button>
        <button
          type="button"
          className="jp-ChatOps-link"
          tabIndex={tabIndex}
          onClick={() => {
            model.discard(entry.key);
            actions.write(text);
          }}
        >
          {trans.__('Take back into the input')}
        </button>
      </p>
    </div>
  );
}

/** Which skill answered, and on demand why. */
function Outcome({ entry, id }: { entry: SaidEntry; id: string }): React.JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  const { handled, seq, user } = entry.message;
  if (user.bot) {
    return null;
  }
  return (
    <>
      {/* Its place is there from the start, so that nothing moves when it is filled. */}
      <div className="jp-ChatOps-outcome">
        {handled && (
          <HandledChip
            handled={handled}
            isOpen={isOpen}
            controls={id}
            onToggle={() => setOpen(!isOpen)}
          />
        )}
      </div>
      {isOpen && <TraceView seq={seq} id={id} />}
    </>
  );
}
