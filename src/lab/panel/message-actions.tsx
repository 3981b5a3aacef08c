import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Clipboard, Notification } from '@jupyterlab/apputils';
import { toErrorRecord } from '../../protocol';
import type { SaidEntry } from '../chat/entry';
import { wishOf } from '../chat/skill-wish';
import { commandIds } from '../command-ids';
import { useBotStatus, useChatContext } from './chat-context';
import { Glyph } from './glyph';
import { useRowAttention, useRowTabIndex } from './row';

/** What people react with most, with a name for whoever does not see them. */
const PALETTE = [
  ['👍', 'thumbs up'],
  ['👎', 'thumbs down'],
  ['❤️', 'heart'],
  ['😄', 'smile'],
  ['🎉', 'party'],
  ['🚀', 'rocket'],
  ['👀', 'eyes'],
  ['✅', 'done']
] as const;

/** What a person can do with a message. */
export interface MessageAction {
  readonly name: string;
  readonly run: () => void;
  /** The keys that do the same on the message itself, in words. */
  readonly keys?: string;
}

/** Properties of what can be done with a message. */
export interface MessageActionsProps {
  entry: SaidEntry;
  /** What is open. */
  open: 'palette' | 'menu' | undefined;
  onOpen: (what: 'palette' | 'menu' | undefined) => void;
}

/** What one can do with a message: react, reply, copy, change, take back. There while one points or has the focus. */
export function MessageActions(props: MessageActionsProps): React.JSX.Element | null {
  const hasAttention = useRowAttention();
  return hasAttention || props.open ? <ActionBar {...props} /> : null;
}

function ActionBar({ entry, open, onOpen }: MessageActionsProps): React.JSX.Element {
  const { trans, actions } = useChatContext();
  const { state } = useBotStatus();
  const tabIndex = useRowTabIndex();
  const bar = useRef<HTMLDivElement>(null);
  const list = useMessageActions(entry);
  const isConnected = state === 'connected';

  const close = (): void => {
    onOpen(undefined);
    bar.current?.closest<HTMLElement>('article')?.focus();
  };

  return (
    <div
      ref={bar}
      className="jp-ChatOps-actions"
      role="toolbar"
      aria-label={trans.__('Message actions')}
      data-open={open !== undefined}
    >
      {isConnected && !entry.message.deleted && (
        <button
          type="button"
          className="jp-ChatOps-action"
          tabIndex={tabIndex}
          aria-label={trans.__('Add a reaction')}
          title={trans.__('Add a reaction')}
          aria-expanded={open === 'palette'}
          onClick={() => onOpen(open === 'palette' ? undefined : 'palette')}
        >
          <Glyph name="react" />
        </button>
      )}
      <button
        type="button"
        className="jp-ChatOps-action"
        tabIndex={tabIndex}
        aria-label={trans.__('Reply in a thread')}
        title={trans.__('Reply in a thread')}
        onClick={() => actions.reply(entry)}
      >
        <Glyph name="reply" />
      </button>
      <button
        type="button"
        className="jp-ChatOps-action"
        tabIndex={tabIndex}
        aria-label={trans.__('More actions')}
        title={trans.__('More actions (Shift+F10)')}
        aria-haspopup="menu"
        aria-expanded={open === 'menu'}
        onClick={() => onOpen(open === 'menu' ? undefined : 'menu')}
      >
        <Glyph name="more" />
      </button>
      {open === 'palette' && <Palette entry={entry} onClose={close} />}
      {open === 'menu' && <ActionMenu actions={list} onClose={close} />}
    </div>
  );
}

/** Everything that can be done with a message, by the menu and by keys; nothing before it was said. */
export function useMessageActions(entry: SaidEntry | undefined): MessageAction[] {
  const { model, trans, actions } = useChatContext();
  if (!entry) {
    return [];
  }
  const { message, own } = entry;
  const fail = (reason: unknown): void => {
    const { message: what, hint } = toErrorRecord(reason);
    Notification.error(`${what} ${hint}`, { autoClose: 8000 });
  };
  const list: MessageAction[] = [
    {
      name: trans.__('Copy the text'),
      keys: trans.__('Ctrl+C'),
      // Not the browser's own clipboard, which pages over plain HTTP have not.
      run: () => Clipboard.copyToSystem(message.text)
    },
    { name: trans.__('Reply in a thread'), run: () => actions.reply(entry) }
  ];
  if (!message.deleted && !message.error) {
    list.push({
      name: trans.__('Make a skill cell that answers this'),
      run: () => void actions.run(commandIds.makeSkillCell, wishOf(entry, model))
    });
  }
  if (own && !message.deleted) {
    list.push(
      { name: trans.__('Edit'), keys: trans.__('F2'), run: () => actions.edit(entry) },
      {
        name: trans.__('Take back'),
        keys: trans.__('Delete'),
        run: () => void model.edit(message.seq).catch(fail)
      }
    );
  }
  return list;
}

/** The keys that act on a message which has the focus. True when the key was one of them. */
export function actOnKey(
  event: KeyboardEvent<HTMLElement>,
  list: readonly MessageAction[],
  openMenu: () => void
): boolean {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  const byKeys = (keys: string): MessageAction | undefined =>
    list.find(action => action.keys === keys);
  if (altKey) {
    return false;
  }
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
    openMenu();
    return true;
  }
  const isPlain = !ctrlKey && !metaKey && !shiftKey;
  const action = isPlain && (key === 'F2' || key === 'Delete') ? byKeys(key) : undefined;
  action?.run();
  return action !== undefined;
}

function Palette({ entry, onClose }: { entry: SaidEntry; onClose: () => void }): React.JSX.Element {
  const { model, trans } = useChatContext();
  const { ready } = useBotStatus();
  const { seq, reactions = {} } = entry.message;
  const menu = useMenu(onClose, true);
  const react = (emoji: string): void => {
    const isOwn = reactions[emoji]?.some(({ id }) => id === ready?.user.id) ?? false;
    model.react(seq, emoji, !isOwn).catch(() => undefined);
    onClose();
  };
  return (
    <div
      {...menu}
      className="jp-ChatOps-palette"
      role="menu"
      tabIndex={-1}
      aria-label={trans.__('Reactions')}
      aria-orientation="horizontal"
    >
      {PALETTE.map(([emoji, name]) => (
        <button
          key={emoji}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className="jp-ChatOps-emoji"
          aria-label={trans.__(name)}
          title={trans.__(name)}
          onClick={() => react(emoji)}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}

function ActionMenu({
  actions,
  onClose
}: {
  actions: readonly MessageAction[];
  onClose: () => void;
}): React.JSX.Element {
  const { trans } = useChatContext();
  const menu = useMenu(onClose, false);
  return (
    <div
      {...menu}
      className="jp-ChatOps-menu"
      role="menu"
      tabIndex={-1}
      aria-label={trans.__('More actions')}
    >
      {actions.map(({ name, keys, run }) => (
        <button
          key={name}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className="jp-ChatOps-menuItem"
          aria-keyshortcuts={keys?.replace('Ctrl', 'Control')}
          onClick={() => {
            onClose();
            run();
          }}
        >
          <span>{name}</span>
          {keys && (
            <span className="jp-ChatOps-keys" aria-hidden="true">
              {keys}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

/** The keys and the end of a menu: arrows walk, Escape, Tab and a click elsewhere close. */
function useMenu(
  onClose: () => void,
  isHorizontal: boolean
): Pick<React.HTMLAttributes<HTMLDivElement>, 'onKeyDown'> & {
  ref: React.RefObject<HTMLDivElement>;
} {
  const ref = useRef<HTMLDivElement>(null);
  const [close] = useState(() => onClose);
  useEffect(() => {
    const node = ref.current!;
    const log = node.closest('[role=log]')!.getBoundingClientRect();
    // Near the lower end of the conversation there is more room above.
    node.dataset.up = String(node.getBoundingClientRect().bottom > log.bottom);
    node.querySelector('button')?.focus({ preventScroll: true });
    const onDown = ({ target }: Event): void => {
      if (!node.parentElement!.contains(target as Node)) {
        close();
      }
    };
    document.addEventListener('pointerdown', onDown, true);
    return () => document.removeEventListener('pointerdown', onDown, true);
  }, [close]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const items = [...ref.current!.querySelectorAll('button')];
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    const [back, on] = isHorizontal ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const count = items.length;
    const target = {
      [back!]: (at + count - 1) % count,
      [on!]: (at + 1) % count,
      Home: 0,
      End: count - 1
    }[event.key];
    if (target !== undefined) {
      items[target]!.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      onClose();
    } else if (event.key !== 'Enter' && event.key !== ' ') {
      return;
    }
    // What a key does in a menu, it does not do around it as well.
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== ' ') {
      event.preventDefault();
    }
  };
  return { ref, onKeyDown };
}
