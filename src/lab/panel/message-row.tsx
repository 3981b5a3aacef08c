import {
  startTransition,
  useEffect,
  useState,
  type ClipboardEvent,
  type KeyboardEvent
} from 'react';
import { startsGroup, type MessageEntry, type SaidEntry, type UnsentEntry } from '../chat/entry';
import { chatIcon } from '../icons';
import { BlockView } from './blocks/block-view';
import { useBotStatus, useChatContext } from './chat-context';
import { ErrorCard } from './error-card';
import { HandledChip } from './handled-chip';
import { actOnKey, MessageActions, useMessageActions } from './message-actions';
import { MessageBody } from './message-body';
import { MessageContent } from './message-content';
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

/** One message: who said it and when, what was said, and what became of it. */
export function MessageRow(props: MessageRowProps): React.JSX.Element {
  const { entry } = props;
  return entry.kind === 'said' ? (
    <SaidRow {...props} entry={entry} />
  ) : (
    <UnsentRow {...props} entry={entry} />
  );
}

function SaidRow({
  entry,
  isFirst,
  replies = [],
  isThreadOpen = false
}: MessageRowProps & { entry: SaidEntry }): React.JSX.Element {
  const [open, setOpen] = useState<'palette' | 'menu'>();
  const isSettled = useIsSettled();
  const actions = useMessageActions(entry);
  const id = `jp-ChatOps-${entry.key}`;
  const { message, own } = entry;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target === event.currentTarget && actOnKey(event, actions, () => setOpen('menu'))) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const onCopy = (event: ClipboardEvent<HTMLElement>): void => {
    // Whoever has selected a part of it wants that part.
    if (event.target === event.currentTarget && String(getSelection()) === '') {
      event.clipboardData.setData('text/plain', message.text);
      event.preventDefault();
    }
  };
  return (
    <Row
      entry={entry.key}
      className="jp-ChatOps-message"
      data-from={own ? 'self' : message.user.bot ? 'bot' : 'other'}
      data-first={isFirst}
      data-delivery="delivered"
      data-notice={message.notice}
      data-open={open !== undefined}
      aria-labelledby={`${id}-head ${id}-body`}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
    >
      <MessageHead entry={entry} isFirst={isFirst} />
      <MessageContent message={message} id={`${id}-body`} />
      <MessageMarks message={message} />
      <Outcome entry={entry} id={`${id}-why`} />
      {replies.length > 0 && (
        <ThreadView root={entry} count={replies.length} isOpen={isThreadOpen}>
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
      {isSettled && <MessageActions entry={entry} open={open} onOpen={setOpen} />}
    </Row>
  );
}

/** Whether something has been there for a moment: what nobody needs at once is shown only then. */
function useIsSettled(): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => startTransition(() => setSettled(true)), []);
  return isSettled;
}

function UnsentRow({
  entry,
  isFirst
}: MessageRowProps & { entry: UnsentEntry }): React.JSX.Element {
  const id = `jp-ChatOps-${entry.key}`;
  const { text, blocks = [], state } = entry.message;
  return (
    <Row
      entry={entry.key}
      className="jp-ChatOps-message"
      data-from="self"
      data-first={isFirst}
      data-delivery={state}
      aria-labelledby={`${id}-head ${id}-body`}
    >
      <MessageHead entry={entry} isFirst={isFirst} />
      {blocks.length > 0 ? (
        <div className="jp-ChatOps-blocks" id={`${id}-body`}>
          {blocks.map((block, index) => (
            <BlockView key={index} block={block} part={`${entry.key} ${index}`} seq={0} />
          ))}
        </div>
      ) : (
        <MessageBody message={entry.key} text={text} id={`${id}-body`} />
      )}
      <Delivery entry={entry} />
    </Row>
  );
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
