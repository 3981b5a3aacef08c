import { useState } from 'react';
import type { ChatMessage } from '../../protocol';
import { useBotStatus, useChatContext } from './chat-context';
import { useRowTabIndex } from './row';
import { fullTime } from './times';

/** What happened to a message after it was said: changed, pinned, reacted to. */
export function MessageMarks({ message }: { message: ChatMessage }): React.JSX.Element | null {
  const { trans } = useChatContext();
  const { edited, pinned = false, deleted = false, reactions = {} } = message;
  const emojis = Object.keys(reactions);
  const isEdited = edited !== undefined && !deleted;
  if (!isEdited && !pinned && emojis.length === 0) {
    return null;
  }
  return (
    <div className="jp-ChatOps-marks">
      {isEdited && <span title={fullTime(edited)}>{trans.__('edited')}</span>}
      {pinned && <span>{trans.__('pinned')}</span>}
      {emojis.map(emoji => (
        <Reaction key={emoji} message={message} emoji={emoji} />
      ))}
    </div>
  );
}

function Reaction({ message, emoji }: { message: ChatMessage; emoji: string }): React.JSX.Element {
  const { model, trans } = useChatContext();
  const { ready } = useBotStatus();
  const [isBusy, setBusy] = useState(false);
  const tabIndex = useRowTabIndex();
  const users = message.reactions?.[emoji] ?? [];
  const isOwn = users.some(({ id }) => id === ready?.user.id);
  const names = users.map(({ name }) => name).join(', ');
  const toggle = (): void => {
    setBusy(true);
    const done = (): void => setBusy(false);
    model.react(message.seq, emoji, !isOwn).then(done, done);
  };
  return (
    <button
      type="button"
      className="jp-ChatOps-reaction"
      tabIndex={tabIndex}
      aria-pressed={isOwn}
      aria-disabled={isBusy}
      aria-label={trans.__('%1, by %2', emoji, names)}
      title={names}
      onClick={() => !isBusy && toggle()}
    >
      {emoji} {users.length}
    </button>
  );
}
