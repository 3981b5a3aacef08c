import { useEffect, useRef, useState } from 'react';
import { MAX_ROOM_NAME, type RoomSummary } from '../chat/rooms-model';
import { roomName } from '../chat/room-names';
import { openIcon } from '../icons';
import { useBotStatus, useChatContext, useOfChat, useRooms } from './chat-context';

/** Which room is shown and who is there; opens the list of rooms. */
export function RoomBar(): React.JSX.Element {
  const { model, rooms, trans, actions } = useChatContext();
  const { rooms: all, current, unread } = useRooms();
  const people = useOfChat(state => state.people);
  const bot = useBotName();
  const [isOpen, setOpen] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const elsewhere = unread - (all.find(({ name }) => name === current)?.unread ?? 0);
  const names = people.map(({ name }) => name).join(', ');

  // `/rooms` in the input opens the list.
  useEffect(() => rooms.listWanted.on(() => setOpen(true)), [rooms]);
  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }
    const onDown = ({ target }: Event): void => {
      if (!bar.current!.contains(target as Node)) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', onDown, true);
    return () => document.removeEventListener('pointerdown', onDown, true);
  }, [isOpen]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const enter = (name: string): void => {
    setOpen(false);
    rooms.enter(name);
    actions.write();
  };

  return (
    // It only takes the Escape of what lies in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={bar}
      className="jp-ChatOps-roomBar"
      onKeyDown={event => {
        if (event.key === 'Escape' && isOpen) {
          event.stopPropagation();
          close();
        }
      }}
    >
      <button
        ref={button}
        type="button"
        className="jp-ChatOps-roomButton"
        aria-expanded={isOpen}
        aria-controls={isOpen ? 'jp-ChatOps-rooms' : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="jp-ChatOps-spoken">{trans.__('Room:')} </span>
        <span className="jp-ChatOps-roomName" dir="auto">
          {roomName(model.name, bot, trans)}
        </span>
        <openIcon.react tag="span" className="jp-ChatOps-roomArrow" aria-hidden="true" />
        {elsewhere > 0 && (
          <span className="jp-ChatOps-badge">
            {elsewhere}
            <span className="jp-ChatOps-spoken"> {trans.__('unread elsewhere')}</span>
          </span>
        )}
      </button>
      {people.length > 0 && (
        <p className="jp-ChatOps-people" title={names}>
          <span className="jp-ChatOps-spoken">{trans.__('Here:')} </span>
          {people.length === 1 ? trans.__('only you') : names}
        </p>
      )}
      {isOpen && <RoomList onEnter={enter} />}
    </div>
  );
}

/** The rooms one is in, those one may go to, and a way to make one. */
function RoomList({ onEnter }: { onEnter: (name: string) => void }): React.JSX.Element {
  const { rooms, trans } = useChatContext();
  const { rooms: all, current } = useRooms();
  const [others, setOthers] = useState<readonly string[]>([]);
  const [name, setName] = useState('');
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    let isCurrent = true;
    rooms.others().then(
      names => isCurrent && setOthers(names),
      () => undefined
    );
    list.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
    return () => {
      isCurrent = false;
    };
  }, [rooms]);
  return (
    <section
      ref={list}
      id="jp-ChatOps-rooms"
      className="jp-ChatOps-rooms"
      aria-label={trans.__('Rooms')}
    >
      <ul>
        {all.map(room => (
          <RoomItem
            key={room.name}
            room={room}
            isCurrent={room.name === current}
            onEnter={onEnter}
          />
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <h3>{trans.__('More rooms')}</h3>
          <ul>
            {others.map(other => (
              <li key={other}>
                <button
                  type="button"
                  className="jp-ChatOps-room"
                  dir="auto"
                  onClick={() => onEnter(other)}
                >
                  {other}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <form
        onSubmit={event => {
          event.preventDefault();
          if (name.trim() !== '') {
            onEnter(name);
          }
        }}
      >
        <input
          className="jp-ChatOps-roomInput"
          value={name}
          maxLength={MAX_ROOM_NAME}
          dir="auto"
          aria-label={trans.__('Name of a room')}
          placeholder={trans.__('Go to a room, or make one')}
          onChange={event => setName(event.target.value)}
        />
        <button type="submit" className="jp-ChatOps-button" disabled={name.trim() === ''}>
          {trans.__('Go')}
        </button>
      </form>
    </section>
  );
}

function RoomItem({
  room,
  isCurrent,
  onEnter
}: {
  room: RoomSummary;
  isCurrent: boolean;
  onEnter: (name: string) => void;
}): React.JSX.Element {
  const { rooms, trans } = useChatContext();
  const bot = useBotName();
  const label = roomName(room.name, bot, trans);
  return (
    <li>
      <button
        type="button"
        className="jp-ChatOps-room"
        aria-current={isCurrent ? 'true' : undefined}
        onClick={() => onEnter(room.name)}
      >
        <span dir="auto">{label}</span>
        {room.unread > 0 && (
          <span className="jp-ChatOps-badge">
            {room.unread}
            <span className="jp-ChatOps-spoken"> {trans.__('unread')}</span>
          </span>
        )}
      </button>
      {rooms.canLeave(room.name) && (
        <button
          type="button"
          className="jp-ChatOps-link"
          aria-label={trans.__('Leave %1', label)}
          onClick={() => rooms.leave(room.name)}
        >
          {trans.__('Leave')}
        </button>
      )}
    </li>
  );
}

function useBotName(): string {
  return useBotStatus().ready?.bot.name ?? 'chatops';
}
