import type { Older } from '../chat/room-model';
import { useChatContext } from './chat-context';

/** Properties of the top of a conversation. */
export interface ConversationTopProps {
  older: Older;
  cleared: boolean;
  /** Whether the first message that is here is on the page. */
  isFirst: boolean;
}

/** What stands above the oldest message: that more is coming, was hidden, or could not be brought. */
export function ConversationTop({
  older,
  cleared,
  isFirst
}: ConversationTopProps): React.JSX.Element | null {
  const { model, trans } = useChatContext();
  if (!isFirst) {
    return null;
  }
  if (cleared) {
    return (
      <p className="jp-ChatOps-top">
        {trans.__('The view was cleared.')}{' '}
        <button type="button" className="jp-ChatOps-link" onClick={() => model.unclear()}>
          {trans.__('Show earlier messages')}
        </button>
      </p>
    );
  }
  if (older === 'failed') {
    return (
      <p className="jp-ChatOps-top">
        {trans.__('Older messages could not be loaded.')}{' '}
        <button type="button" className="jp-ChatOps-link" onClick={() => void model.loadOlder()}>
          {trans.__('Try again')}
        </button>
      </p>
    );
  }
  return older === 'loading' ? (
    <p className="jp-ChatOps-top">{trans.__('Loading older messages…')}</p>
  ) : null;
}
