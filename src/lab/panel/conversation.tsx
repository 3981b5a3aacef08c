import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Entry, MessageEntry } from '../chat/entry';
import {
  carryOver,
  newest,
  towardsNewer,
  towardsOlder,
  type MessageWindow
} from '../chat/message-window';
import { newestIcon } from '../icons';
import { useChat, useChatContext } from './chat-context';
import { ConversationTop } from './conversation-top';
import { EmptyConversation } from './empty-conversation';
import { EntryRow } from './entry-row';
import { moveFocus } from './row-focus';
import { rows, ScrollKeeper } from './scroll-keeper';

/** So near to an end of what is on the page, in pixels, the next entries are put there. */
const NEAR = 400;

/** What is on the page of a conversation. */
interface Shown {
  readonly entries: readonly Entry[];
  readonly window: MessageWindow;
}

/** What was said, newest at the bottom. Older messages come as one scrolls up. */
export function Conversation(): React.JSX.Element {
  const { model, trans, actions } = useChatContext();
  const { entries, threads, openThreads, loaded, older, cleared, divider, unread } = useChat();
  const log = useRef<HTMLDivElement>(null);
  const [keeper] = useState(() => new ScrollKeeper());
  const [isAtEnd, setAtEnd] = useState(true);
  const [shown, setShown] = useState<Shown>(() => ({ entries, window: newest(entries.length) }));
  const window = useCarriedWindow(shown, entries, keeper.follows, setShown);
  const isInSight = useInSight(log);

  useEffect(() => {
    model.setAttended(isInSight && isAtEnd);
    return () => model.setAttended(false);
  }, [model, isInSight, isAtEnd]);

  /** Puts more on the page where one comes near to an end of what is there. */
  const reach = useCallback(() => {
    const node = log.current!;
    // A short conversation is near to both its ends.
    if (window.end < entries.length && keeper.distance(node) < NEAR) {
      setShown({ entries, window: towardsNewer(window, entries.length) });
    } else if (node.scrollTop < NEAR) {
      if (window.start > 0) {
        setShown({ entries, window: towardsOlder(window) });
      } else if (older === 'some') {
        void model.loadOlder();
      }
    }
  }, [entries, keeper, model, older, window]);

  const onScroll = useCallback(() => {
    const node = log.current!;
    keeper.note(node, window.end === entries.length);
    setAtEnd(keeper.follows);
    reach();
  }, [entries, keeper, reach, window]);

  // Before the browser paints: what one reads stays where it is, whatever was added around it.
  useLayoutEffect(() => {
    const node = log.current!;
    // Out of sight it has no height, and where it stands says nothing.
    if (node.clientHeight > 0) {
      keeper.settle(node);
      reach();
    }
  });

  useEffect(() => {
    const node = log.current!;
    const observer = new ResizeObserver(() => {
      if (node.clientHeight > 0) {
        keeper.settle(node);
        onScroll();
      }
    });
    observer.observe(node);
    observer.observe(node.firstElementChild!);
    return () => observer.disconnect();
  }, [keeper, onScroll]);

  // One screen is there at once; what lies above it is put there when that has been painted.
  useEffect(() => {
    const timer = loaded
      ? setTimeout(() => setShown(before => ({ ...before, window: towardsOlder(before.window) })))
      : undefined;
    return () => clearTimeout(timer);
  }, [loaded]);

  const toNewest = useCallback((): void => {
    keeper.follow();
    setAtEnd(true);
    setShown({ entries, window: newest(entries.length) });
  }, [entries, keeper]);
  useOwnMessages(entries, () => {
    if (!keeper.follows || window.end < entries.length) {
      toNewest();
    }
  });
  useOwnReplies(threads, log, keeper);

  return (
    <div className="jp-ChatOps-conversation">
      {/* What scrolls must be reachable by keyboard, and the arrow keys walk through it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={log}
        className="jp-ChatOps-log"
        role="log"
        aria-label={trans.__('Conversation')}
        // New messages are announced by the announcer; this list also shows old ones.
        aria-live="off"
        aria-busy={!loaded || older === 'loading'}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={onScroll}
        onClickCapture={event => keeper.hold(log.current!, event.target as Element)}
        onKeyDown={event => moveFocus(event, log.current!, actions.write)}
      >
        <div className="jp-ChatOps-rows">
          <ConversationTop older={older} cleared={cleared} isFirst={window.start === 0} />
          {loaded && entries.length === 0 && !cleared && <EmptyConversation />}
          {entries.slice(window.start, window.end).map((entry, index) => (
            <EntryRow
              key={entry.key}
              entry={entry}
              before={entries[window.start + index - 1]}
              isDivided={entry.key === divider}
              {...(entry.kind === 'said' && {
                replies: threads.get(entry.message.seq),
                isThreadOpen: openThreads.has(entry.message.seq)
              })}
            />
          ))}
        </div>
      </div>
      {!isAtEnd && (
        <button type="button" className="jp-ChatOps-toNewest" onClick={toNewest}>
          <newestIcon.react tag="span" aria-hidden="true" />
          {unread > 0
            ? trans._n('%1 new message', '%1 new messages', unread)
            : trans.__('Newest messages')}
        </button>
      )}
    </div>
  );
}

/** The window over the entries as they are now, made from the one over the entries as they were. */
function useCarriedWindow(
  shown: Shown,
  entries: readonly Entry[],
  follow: boolean,
  setShown: (shown: Shown) => void
): MessageWindow {
  if (shown.entries === entries) {
    return shown.window;
  }
  const first = shown.entries[shown.window.start]?.key;
  const isFull = shown.window.end === shown.entries.length;
  const window = carryOver(shown.window, first, entries, follow && isFull);
  setShown({ entries, window });
  return window;
}

/** Whoever says something wants to see it, and the answer. */
function useOwnMessages(entries: readonly Entry[], toNewest: () => void): void {
  const last = entries.at(-1);
  const known = useRef(last?.key);
  useLayoutEffect(() => {
    if (last && last.key !== known.current && last.kind === 'unsent') {
      toNewest();
    }
    known.current = last?.key;
  });
}

/** Whoever says something in a thread wants to see it there, and nothing else to move. */
function useOwnReplies(
  threads: ReadonlyMap<number, readonly MessageEntry[]>,
  log: React.RefObject<HTMLElement>,
  keeper: ScrollKeeper
): void {
  const last = [...threads.values()].map(replies => replies.at(-1)).find(isUnsent)?.key;
  useLayoutEffect(() => {
    const row = last && rows(log.current!).find(({ dataset }) => dataset.key === last);
    if (row) {
      row.scrollIntoView({ block: 'nearest' });
      keeper.hold(log.current!, row);
    }
  }, [last, log, keeper]);
}

function isUnsent(entry: MessageEntry | undefined): boolean {
  return entry?.kind === 'unsent';
}

/** Whether something can be seen: its panel is open, and its page in front. */
function useInSight(target: React.RefObject<HTMLElement>): boolean {
  const [isShown, setShown] = useState(false);
  const [isVisible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const observer = new IntersectionObserver(changes => setShown(changes.at(-1)!.isIntersecting));
    observer.observe(target.current!);
    const onVisibility = (): void => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [target]);
  return isShown && isVisible;
}
