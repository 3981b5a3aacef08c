import { useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { startsGroup, type MessageEntry, type SaidEntry, type UnsentEntry } from '../chat/entry';
import { useBotStatus, useChatContext } from './chat-context';
import { ErrorCard } from './error-card';
import { HandledChip } from './handled-chip';
import { actOnKey, MessageActions, useMessageActions } from './message-actions';
import { MessageContent, type SaidContent } from './message-content';
import { MessageMarks } from './message-marks';
import { Row, useRowTabIndex } from './row';
import { ThreadView } from './thread-view';
import { fullTime, timeOfDay } from './times';
import { TraceView } from './trace-view';

/** Properties of a row with a message. */
export interface MessageRowProps {
  entry: MessageEntry;
  /** Whether it stands at the head of its group, under the sender's name. */
  isFirst: boolean;
  /** What was said in its thread, if it begins one. */
  replies?: readonly MessageEntry[] | undefined;
  isThreadOpen?: boolean;
}

/**
 * One message: who said it and when, what was said, and what became of it. It stays the same element
 * when it is delivered: nobody loses their place in it, and nothing is painted twice.
 */
export function MessageRow({
  entry,
  isFirst,
  replies = [],
  isThreadOpen = false
}: MessageRowProps): React.JSX.Element {
  const [open, setOpen] = useState<'palette' | 'menu'>();
  const said = entry.kind === 'said' ? entry : undefined;
  const actions = useMessageActions(said);
  const id = `jp-ChatOps-${entry.key}`;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target === event.currentTarget && actOnKey(event, actions, () => setOpen('menu'))) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const onCopy = (event: ClipboardEvent<HTMLElement>): void => {
    // Whoever has selected a part of it wants that part.
    if (event.target === event.currentTarget && String(getSelection()) === '') {
      event.clipboardData.setData('text/plain', entry.message.text);
      event.preventDefault();
    }
  };
  return (
    <Row
      entry={entry.key}
      className="jp-ChatOps-message"
      data-from={fromOf(entry)}
      data-first={isFirst}
      data-delivery={entry.kind === 'said' ? 'delivered' : entry.message.state}
      data-notice={said?.message.notice}
      data-open={open !== undefined}
      aria-labelledby={`${id}-head ${id}-body`}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
    >
      <MessageHead entry={entry} isFirst={isFirst} />
      <MessageContent message={contentOf(entry)} id={`${id}-body`} />
      {said && <MessageMarks message={said.message} />}
      {entry.kind === 'said' ? (
        <Outcome entry={entry} id={`${id}-why`} />
      ) : (
        <Delivery entry={entry} />
      )}
      {said && replies.length > 0 && (
        <ThreadView root={said} count={replies.length} isOpen={isThreadOpen}>
          {isThreadOpen &&
            replies.map((reply, index) => (
              <MessageRow
                key={reply.key}
                entry={reply}
                isFirst={startsGroup(reply, replies[index - 1])}
              />
            ))}
        </ThreadView>
      )}
      {said && <MessageActions entry={said} open={open} onOpen={setOpen} />}
    </Row>
  );
}

function fromOf(entry: MessageEntry): 'self' | 'bot' | 'other' {
  if (entry.kind === 'unsent' || entry.own) {
    return 'self';
  }
  return entry.message.user.bot ? 'bot' : 'other';
}

/** What a message says; one that waits says it already, though the bot has not numbered it. */
function contentOf(entry: MessageEntry): SaidContent {
  return entry.kind === 'said'
    ? entry.message
    : { id: entry.key, seq: 0, text: entry.message.text, blocks: entry.message.blocks };
}

function MessageHead({ entry, isFirst }: MessageRowProps): React.JSX.Element {
  return (
    <div
      id={`jp-ChatOps-${entry.key}-head`}
      className={isFirst ? 'jp-ChatOps-head' : 'jp-ChatOps-head jp-ChatOps-spoken'}
    >
      <Sender entry={entry} />{' '}
      <time dateTime={new Date(entry.time).toISOString()} title={fullTime(entry.time)}>
        {timeOfDay(entry.time)}
      </time>
    </div>
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
        <span className="jp-ChatOps-botIcon" aria-hidden="true" />
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
