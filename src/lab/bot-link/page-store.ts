import type { PendingMessage } from '../../protocol';

/** What a browser keeps for a page; `window.localStorage`, or a stand-in. */
export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key'> & {
  readonly length: number;
};

/** What is remembered about a room. */
export interface RoomMemory {
  /** The journal that the numbers count in. */
  readonly journal: string;
  /** The newest message that was seen. */
  readonly read: number;
  /** Messages up to this one are not shown: someone emptied the view. */
  readonly cleared: number;
}

const PREFIX = 'jupyterlab-chatops';

/**
 * What must survive a reload of the page: messages that are not delivered, drafts, and how far a
 * room was read.
 *
 * Each message has an entry of its own, so that two windows never write over each other's words. Both
 * may then deliver the same one; the bot takes an id once.
 */
export class PageStore {
  private readonly prefix: string;

  /**
   * @param storage - undefined where the browser offers none.
   * @param scope - the bot that all this is for.
   */
  constructor(
    private readonly storage: Storage | undefined,
    scope: string
  ) {
    this.prefix = `${PREFIX} ${scope} `;
  }

  /** The messages that are kept, in the order in which they were said. */
  pending(): PendingMessage[] {
    const prefix = `${this.prefix}message `;
    return this.keys(prefix)
      .map(key => this.read<unknown>(key))
      .filter(isMessage)
      .sort((a, b) => a.time - b.time);
  }

  /** Keeps a message for as long as it is not delivered or given up. */
  keep(message: PendingMessage): void {
    const key = `${this.prefix}message ${message.id}`;
    if (message.state === 'pending' || message.state === 'failed') {
      this.write(key, message);
    } else {
      this.remove(key);
    }
  }

  /** What was written in a room's input and not sent. */
  draft(room: string): string {
    const draft = this.read<unknown>(`${this.prefix}draft ${room}`);
    return typeof draft === 'string' ? draft : '';
  }

  keepDraft(room: string, text: string): void {
    const key = `${this.prefix}draft ${room}`;
    if (text === '') {
      this.remove(key);
    } else {
      this.write(key, text);
    }
  }

  /** The rooms that were entered, besides the one that everybody is in. */
  rooms(): string[] {
    const rooms = this.read<unknown>(`${this.prefix}rooms`);
    return Array.isArray(rooms) ? rooms.filter(room => typeof room === 'string') : [];
  }

  keepRooms(rooms: readonly string[]): void {
    this.write(`${this.prefix}rooms`, rooms);
  }

  /** The room that was open last. */
  currentRoom(): string | undefined {
    const room = this.read<unknown>(`${this.prefix}current`);
    return typeof room === 'string' ? room : undefined;
  }

  keepCurrentRoom(room: string): void {
    this.write(`${this.prefix}current`, room);
  }

  /** What is remembered about a room, if it was in the same journal. */
  memory(room: string, journal: string): RoomMemory | undefined {
    const memory = this.read<RoomMemory>(`${this.prefix}room ${room}`);
    return memory?.journal === journal ? memory : undefined;
  }

  remember(room: string, memory: RoomMemory): void {
    this.write(`${this.prefix}room ${room}`, memory);
  }

  private keys(prefix: string): string[] {
    const { storage } = this;
    return storage
      ? Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter(key =>
          key.startsWith(prefix)
        )
      : [];
  }

  private read<T>(key: string): T | undefined {
    try {
      const text = this.storage?.getItem(key);
      return text ? (JSON.parse(text) as T) : undefined;
    } catch {
      return undefined;
    }
  }

  private write(key: string, value: unknown): void {
    try {
      this.storage?.setItem(key, JSON.stringify(value));
    } catch {
      // A full or forbidden storage: the words stay on the page, and go on to the bot from there.
    }
  }

  private remove(key: string): void {
    try {
      this.storage?.removeItem(key);
    } catch {
      // As above.
    }
  }
}

/** The browser's storage for this page, where it lets us have it. */
export function browserStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

function isMessage(value: unknown): value is PendingMessage {
  const { id, room, text, time, state } = Object(value) as Partial<PendingMessage>;
  return (
    typeof id === 'string' &&
    typeof room === 'string' &&
    typeof text === 'string' &&
    typeof time === 'number' &&
    (state === 'pending' || state === 'failed')
  );
}
