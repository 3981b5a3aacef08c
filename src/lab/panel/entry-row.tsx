import { memo } from 'react';
import { startsDay, startsGroup, type Entry, type MessageEntry } from '../chat/entry';
import { useChatContext } from './chat-context';
import { MessageRow } from './message-row';
import { AsideRow } from './aside-row';
import { NewsRow } from './news-row';
import { dayName } from './times';

/** Properties of a row. */
export interface EntryRowProps {
  entry: Entry;
  before: Entry | undefined;
  /** Nobody had looked when this came, and everything below it. */
  isDivided: boolean;
  /** What was said in its thread, if it begins one. */
  replies?: readonly MessageEntry[] | undefined;
  isThreadOpen?: boolean;
}

/** One entry of a conversation, with what separates it from the one before. */
export const EntryRow = memo(function EntryRow({
  entry,
  before,
  isDivided,
  replies,
  isThreadOpen
}: EntryRowProps): React.JSX.Element {
  const { trans } = useChatContext();
  return (
    <>
      {startsDay(entry, before) && (
        <div className="jp-ChatOps-day">
          <span>{dayName(entry.time, trans)}</span>
        </div>
      )}
      {isDivided && (
        <div className="jp-ChatOps-divider">
          <span>{trans.__('New')}</span>
        </div>
      )}
      {entry.kind === 'news' ? (
        <NewsRow entry={entry} />
      ) : entry.kind === 'aside' ? (
        <AsideRow entry={entry} />
      ) : (
        <MessageRow
          entry={entry}
          isFirst={isDivided || startsGroup(entry, before)}
          replies={replies}
          isThreadOpen={isThreadOpen}
        />
      )}
    </>
  );
});
