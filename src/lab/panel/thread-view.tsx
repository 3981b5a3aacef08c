import { startsGroup, type MessageEntry, type SaidEntry } from '../chat/entry';
import { openIcon } from '../icons';
import { useChatContext } from './chat-context';
import { MessageRow } from './message-row';
import { useRowTabIndex } from './row';

/** What was said in the thread of a message: how much it is, and on demand all of it. */
export function ThreadView({
  root,
  replies,
  isOpen
}: {
  root: SaidEntry;
  replies: readonly MessageEntry[];
  isOpen: boolean;
}): React.JSX.Element {
  const { trans, model, actions } = useChatContext();
  const tabIndex = useRowTabIndex();
  const id = `jp-ChatOps-${root.key}-thread`;
  return (
    <div className="jp-ChatOps-thread">
      <ThreadToggle root={root} count={replies.length} isOpen={isOpen} controls={id} />
      {isOpen && (
        <section id={id} className="jp-ChatOps-replies" aria-label={trans.__('Thread')}>
          {replies.map((entry, index) => (
            <MessageRow
              key={entry.key}
              entry={entry}
              isFirst={startsGroup(entry, replies[index - 1])}
            />
          ))}
          <button
            type="button"
            className="jp-ChatOps-link"
            tabIndex={tabIndex}
            onClick={() => {
              model.setThreadOpen(root.message.seq, true);
              actions.reply(root);
            }}
          >
            {trans.__('Reply')}
          </button>
        </section>
      )}
    </div>
  );
}

function ThreadToggle({
  root,
  count,
  isOpen,
  controls
}: {
  root: SaidEntry;
  count: number;
  isOpen: boolean;
  controls: string;
}): React.JSX.Element {
  const { trans, model } = useChatContext();
  return (
    <button
      type="button"
      className="jp-ChatOps-chip jp-ChatOps-threadChip"
      tabIndex={useRowTabIndex()}
      aria-expanded={isOpen}
      aria-controls={isOpen ? controls : undefined}
      onClick={() => model.setThreadOpen(root.message.seq, !isOpen)}
    >
      <openIcon.react tag="span" className="jp-ChatOps-chipArrow" aria-hidden="true" />
      {trans._n('%1 reply', '%1 replies', count)}
    </button>
  );
}
