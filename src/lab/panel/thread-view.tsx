import type { ReactNode } from 'react';
import type { SaidEntry } from '../chat/entry';
import { useChatContext } from './chat-context';
import { useRowTabIndex } from './row';

/** What was said in the thread of a message: how much it is, and on demand all of it. */
export function ThreadView({
  root,
  count,
  isOpen,
  children
}: {
  root: SaidEntry;
  /** How many messages it has besides the first one. */
  count: number;
  isOpen: boolean;
  /** The rows of those messages, while they are shown. */
  children: ReactNode;
}): React.JSX.Element {
  const { trans, model, actions } = useChatContext();
  const tabIndex = useRowTabIndex();
  const id = `jp-ChatOps-${root.key}-thread`;
  return (
    <div className="jp-ChatOps-thread">
      <ThreadToggle root={root} count={count} isOpen={isOpen} controls={id} />
      {isOpen && (
        // No landmark: several threads may be open.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        <div id={id} className="jp-ChatOps-replies" role="group" aria-label={trans.__('Thread')}>
          {children}
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
        </div>
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
      <span className="jp-ChatOps-chipArrow" aria-hidden="true" />
      {trans._n('%1 reply', '%1 replies', count)}
    </button>
  );
}
